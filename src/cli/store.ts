import path from 'node:path'
import { defaultStoreDir, findWorkspaceRoot } from '../plugin/index.ts'

/** The store a command speaks of: `--dir`, `REMEMBER_DIR`, else the workspace's. */
export function findStore(dir: string | undefined): string {
  const named = dir || process.env['REMEMBER_DIR']
  return named ? path.resolve(named) : defaultStoreDir(findWorkspaceRoot(process.cwd()))
}
