import fs from 'node:fs'
import path from 'node:path'
import type { ViteConfig } from './host.ts'

const names = ['rollup.config', 'rolldown.config'].flatMap((name) =>
  ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((extension) => `${name}.${extension}`),
)

/**
 * The files that configure this process's builds: Vite tells its own; for the
 * other hosts the one named on the command line, those with the usual names,
 * and the script that was started, which makes builds through an API.
 */
export function findConfigFiles(config: ViteConfig | undefined): string[] {
  const files = new Set<string>()
  if (config?.configFile) files.add(config.configFile)
  if (!config) {
    for (const name of names) files.add(path.resolve(name))
    for (const named of configArguments(process.argv)) files.add(path.resolve(named))
  }
  const script = process.argv[1]
  if (script && !script.includes(`${path.sep}node_modules${path.sep}`))
    files.add(path.resolve(script))
  return [...files].filter((file) => fs.existsSync(file) && fs.statSync(file).isFile())
}

/** Values of `-c x`, `--config x`, `--config=x`. */
function configArguments(argv: readonly string[]): string[] {
  return argv.flatMap((argument, index) => {
    if (argument === '-c' || argument === '--config') return argv[index + 1] ?? []
    return argument.startsWith('--config=') ? argument.slice('--config='.length) : []
  })
}
