import { findWorkspaceRoot } from './plugin/index.ts'
import {
  makeReport,
  openDetails,
  type ModuleDetails,
  type NamedPart,
  type Report,
} from './report/model/index.ts'

export { readBuilds, type BuildRecord } from './engine/index.ts'
export { defaultStoreDir, findWorkspaceRoot, type BuildNotes } from './plugin/index.ts'
export type * from './report/model/types.ts'

/** Where the code of modules is looked for. */
export interface ReadModuleOptions {
  /** A folder in the workspace. @default the working directory */
  readonly root?: string | undefined
}

/**
 * Reads what a store tells of its builds: the last run with all its hook calls, the runs before it
 * in sums. Never throws for a fault of the store; `run` is undefined when none is recorded.
 *
 * @param dir folder of the store: `defaultStoreDir(findWorkspaceRoot(process.cwd()))`
 */
export function readReport(dir: string): Promise<Report> {
  return makeReport({ dir })
}

/**
 * Reads all that is stored of the last run's hook calls for one module.
 *
 * @param id as in the report: `<root>/src/App.vue`
 * @returns undefined when the last run had no such module
 */
export async function readModule(
  dir: string,
  id: string,
  { root = process.cwd() }: ReadModuleOptions = {},
): Promise<ModuleDetails | undefined> {
  const { run } = await makeReport({ dir })
  const module = run?.modules.find((each) => each.id === id)
  if (!run || !module) return undefined
  const reader = await openDetails({ dir, run, root: findWorkspaceRoot(root) })
  try {
    return reader.read(module)
  } finally {
    reader.close()
  }
}

/**
 * Reads the named parts that stand for a plugin of the last run: its options, its code, the part of
 * the host's config it can see. What may be a secret is hidden.
 *
 * @param identity as in the details of a call
 */
export async function readIdentity(
  dir: string,
  identity: string,
): Promise<readonly NamedPart[] | undefined> {
  const { run } = await makeReport({ dir })
  if (!run) return undefined
  const reader = await openDetails({ dir, run, root: process.cwd() })
  try {
    return reader.identities.all.get(identity)
  } finally {
    reader.close()
  }
}
