import path from 'node:path'
import { exitCodes } from './exitCodes.ts'
import { defaultStoreDir, findWorkspaceRoot } from '../plugin/index.ts'

/** The store a command speaks of: `--dir`, `REMEMBER_DIR`, else the workspace's. */
export function findStore(dir: string | undefined): string {
  const named = dir || process.env['REMEMBER_DIR']
  return named ? path.resolve(named) : defaultStoreDir(findWorkspaceRoot(process.cwd()))
}

/** Tells that a store has no record of a build. Exit code 1. */
export function noBuild(dir: string): void {
  console.error(
    `No build is recorded in ${dir}. Run a build with vite-plugin-remember in its plugins first.`,
  )
  process.exitCode = exitCodes.nothing
}

/** A number of things in `--limit`; undefined, and told, when it is none. */
export function limitOf(text: string): number | undefined {
  const limit = Number(text)
  if (Number.isInteger(limit) && limit > 0) return limit
  wrongUsage('--limit', '50', text)
  return undefined
}

/** Tells what an option should have been. Exit code 2. */
export function wrongUsage(option: string, example: string, got: string): void {
  console.error(`${option} must be a text like ${example}, got "${got}".`)
  process.exitCode = exitCodes.usage
}
