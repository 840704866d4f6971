import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { writeManifest } from './manifest.mjs'
import { run } from './run.mjs'

const settings = {
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
}

/**
 * Type-checks a config and the other doors as a strict project does that looks into its libraries
 * too (`skipLibCheck: false`). Only errors in our types and in that file count: hosts have some of
 * their own, and so have plugins (that of Terser is not callable under `nodenext`).
 *
 * @throws Error with the errors that count
 */
export async function checkTypes(dir, host, tsc) {
  writeManifest(dir, { type: 'module' })
  writeFileSync(path.join(dir, 'typed.ts'), typed(host))
  for (const [name, resolution] of Object.entries(settings)) {
    const compilerOptions = {
      ...resolution,
      target: 'es2023',
      lib: ['es2023', 'dom'],
      types: ['node'],
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      skipLibCheck: false,
    }
    const config = path.join(dir, `tsconfig.${name}.json`)
    writeFileSync(config, JSON.stringify({ compilerOptions, files: ['typed.ts'] }))
    const ours = (await errorsOf(tsc, config, dir)).filter((line) =>
      /^typed|vite-plugin-remember/.test(line),
    )
    if (ours.length > 0) throw new Error(`types, ${name}: ${ours.join('\n')}`)
  }
}

async function errorsOf(tsc, config, dir) {
  try {
    await run('node', [tsc, '-p', config, '--pretty', 'false'], dir)
    return []
  } catch (error) {
    const lines = error.message.split('\n').slice(1)
    if (!lines.some((line) => /error TS\d+/.test(line))) throw error
    return lines
  }
}

/** Each line with an expected error fails when there is none: what is wrong must be refused. */
function typed({ host, door }) {
  return `import { defineConfig } from '${host}'
import remember, { remembered, type Options, type PluginSelector } from '${door}'
import { openCache, type Remembered } from 'vite-plugin-remember/engine'
import { readReport, type Report } from 'vite-plugin-remember/report'

const selector: PluginSelector = { plugin: /^my-/, hooks: ['transform'] }
export const options: Options = { include: [selector], extra: { locale: 'en' }, summary: 'verbose' }
export default defineConfig({ plugins: [remember(options)] })
export const plugins = [
  remembered({ name: 'mine', transform: (code: string) => code }, { version: '1' }),
]
// @ts-expect-error a list is no labelled data
remember({ extra: ['en'] })
// @ts-expect-error no such mode
remember({ mode: 'fast' })

export async function count(): Promise<number> {
  const cache = await openCache({ dir: 'store' })
  const result: Remembered<number> = await cache.remember(
    { namespace: 'toc', parts: { source: 'text' } },
    () => 1,
  )
  const report: Report = await readReport('store')
  await cache.close()
  return result.value + report.format
}
`
}
