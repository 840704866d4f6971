import { describe, test } from 'vitest'
import { rollupConfig, rollupProject } from './plainProject.ts'
import { checkRow, type Row } from './rows.ts'
import { viteConfig, viteProject } from './viteProject.ts'
import { commit, openWorkbench } from './workbench.ts'

// Options whose value is nowhere in the config's text.

const sources: readonly (Pick<Row, 'change' | 'files' | 'run' | 'env'> & { option: string })[] = [
  {
    change: 'an environment variable',
    option: `process.env.BANNER`,
    env: { BANNER: 'second' },
  },
  {
    change: 'Date.now()',
    // the day of a clock that the test sets
    option: `new Date(Date.now() + Number(process.env.LATER ?? 0)).toISOString().slice(0, 4)`,
    env: { LATER: String(5 * 366 * 24 * 60 * 60 * 1000) },
  },
  {
    change: 'git rev-parse HEAD',
    option: `execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' })`,
    run: commit,
  },
  {
    change: 'a JSON file',
    option: `JSON.parse(fs.readFileSync('banner.json', 'utf8')).text`,
    files: { 'banner.json': '{ "text": "changed" }' },
  },
]

const hosts = [
  {
    host: 'vite-8' as const,
    project: (banner: string) => ({ ...viteProject, 'vite.config.js': viteConfig({ banner }) }),
  },
  {
    host: 'rollup' as const,
    project: (banner: string) => ({ ...rollupProject, ...rollupConfig({ banner }) }),
  },
]

describe.each(hosts)('an option of a plugin on $host, from', ({ host, project }) => {
  test.each(sources)('$change', async ({ option, ...change }) => {
    const bench = await openWorkbench(host, project(option), { BANNER: 'first' })
    await checkRow(bench, {
      ...change,
      again: [/^own-banner /],
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
