import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { run } from './run.mjs'

const home = path.resolve(import.meta.dirname, '../../.temp/matrix/tools')

/** The Node in the package `node-<system>-<processor>` of each major version; package managers; TypeScript. */
const wanted = {
  ...Object.fromEntries(
    [20, 22, 24, 26].map((major) => [
      `node-${major}`,
      `npm:node-${process.platform}-${process.arch}@${major}`,
    ]),
  ),
  pnpm: '12',
  'yarn-1': 'npm:yarn@1',
  'yarn-4': 'npm:@yarnpkg/cli-dist@4',
  'typescript-5': 'npm:typescript@5',
  'typescript-7': 'npm:typescript@7',
}

/** Installs what is asked for (names of `wanted`) beside the repository's own packages. */
export async function installTools(names) {
  const missing = names.filter((name) => !existsSync(path.join(home, 'node_modules', name)))
  if (missing.length === 0) return
  mkdirSync(home, { recursive: true })
  const manifest = path.join(home, 'package.json')
  if (!existsSync(manifest)) writeFileSync(manifest, '{ "private": true }\n')
  const packages = missing.map((name) => `${name}@${wanted[name]}`)
  await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], home)
}

/** Folder with the `node` of a major version. */
export function nodeFolder(major) {
  return path.join(home, `node_modules/node-${major}/bin`)
}

export function toolFile(name, file) {
  return path.join(home, 'node_modules', name, file)
}

export function toolVersion(name) {
  return JSON.parse(readFileSync(toolFile(name, 'package.json'), 'utf8')).version
}
