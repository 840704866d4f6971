import { describe, test } from 'vitest'
import { rolldownConfig, rolldownProject, rollupConfig, rollupProject } from './plainProject.ts'
import { checkRow, type Row } from './rows.ts'
import { viteConfig, viteProject } from './viteProject.ts'
import { commit, openWorkbench } from './workbench.ts'

// Options whose value is nowhere in the config's text.

type Source = Pick<Row, 'change' | 'files' | 'run' | 'env'> & {
  readonly option: string
  /** What `remember why` says of the option, by its values. */
  readonly values: string
}

const sources: readonly Source[] = [
  {
    change: 'an environment variable',
    option: `process.env.BANNER`,
    env: { BANNER: 'second' },
    values: '"first" → "second"',
  },
  {
    change: 'Date.now()',
    // the day of a clock that the test sets
    option: `new Date(Date.now() + Number(process.env.LATER ?? 0)).toISOString().slice(0, 4)`,
    env: { LATER: String(5 * 366 * 24 * 60 * 60 * 1000) },
    values: '"20\\d\\d" → "20\\d\\d"',
  },
  {
    change: 'git rev-parse HEAD',
    option: `execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' })`,
    run: commit,
    values: '"[0-9a-f]{40}\\\\n" → "[0-9a-f]{40}\\\\n"',
  },
  {
    change: 'a JSON file',
    option: `JSON.parse(fs.readFileSync('banner.json', 'utf8')).text`,
    files: { 'banner.json': '{ "text": "changed" }' },
    values: '"from a file" → "changed"',
  },
]

const vite = (banner: string): Record<string, string> => ({
  ...viteProject,
  'vite.config.js': viteConfig({ banner }),
})

const hosts = [
  { host: 'vite-8' as const, project: vite },
  { host: 'vite-7' as const, project: vite },
  {
    host: 'rollup' as const,
    project: (banner: string) => ({ ...rollupProject, ...rollupConfig({ banner }) }),
  },
  {
    host: 'rolldown' as const,
    project: (banner: string) => ({ ...rolldownProject, ...rolldownConfig({ banner }) }),
  },
]

describe.each(hosts)('an option of a plugin on $host, from', ({ host, project }) => {
  test.each(sources)('$change', async ({ option, values, ...change }) => {
    const bench = await openWorkbench(host, project(option), { BANNER: 'first' })
    await checkRow(bench, {
      ...change,
      again: [/^own-banner /],
      says: new RegExp(`options\\.text: ${values}$`),
      because: {
        plugin: 'own-banner',
        reason: 'part_changed',
        part: /options\.text$/,
        from: /^"/,
        to: /^"/,
      },
    })
  })
})
