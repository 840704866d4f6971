import { link } from 'node:fs/promises'
import type { Digest, Hasher } from '../key/index.ts'
import { createBuildFiles, type BuildFiles } from './build-files.ts'
import { type CommitRequest, commit, type Verdict } from './commit.ts'
import type { Context } from './context.ts'
import { layoutOf } from './layout.ts'
import { prepare } from './prepare.ts'
import type { Read, Row, StoreFault } from './types.ts'
import { createView, type View } from './view.ts'

export interface StoreOptions {
  readonly dir: string
  readonly hasher: Hasher
  /** Called once for each different fault. */
  readonly onFault: (fault: StoreFault) => void
  /** @default Date.now */
  readonly now?: (() => number) | undefined
  /** @default the file system's hard links; tests pass one that fails */
  readonly link?: typeof link | undefined
}

/** An open store. Reading is synchronous, writing is not; nothing here throws. */
export interface Store {
  readonly dir: string
  /** Why nothing is written, e.g. `ENOSPC`; undefined while all is well. */
  readonly unwritable: string | undefined
  readonly view: View
  readonly builds: BuildFiles
  /** Claims of a name that count, first to last. */
  claims(name: Digest): Row[]
  blob(name: Digest): Row | undefined
  read(row: Row): Read | undefined
  /** Takes in what other processes wrote. */
  refresh(): void
  /** Makes the folders; from here on the store is written to. */
  startWriting(): Promise<void>
  /** Writes claims and blobs as one pack; one call at a time. */
  commit(request: CommitRequest): Promise<readonly Verdict[]>
  close(): void
}

/** Opens a store and reads the rows of all its packs. Touches nothing on disk. */
export function openStore(options: StoreOptions): Store {
  const { dir, hasher } = options
  const reported = new Set<string>()
  const context: Context = {
    layout: layoutOf(dir),
    hasher,
    now: options.now ?? Date.now,
    link: options.link ?? link,
    writable: false,
    unwritable: undefined,
    fault(fault) {
      if (reported.has(fault.message)) return
      reported.add(fault.message)
      options.onFault(fault)
    },
  }
  const view = createView(context)
  view.refresh(true)

  return {
    dir,
    get unwritable() {
      return context.unwritable
    },
    view,
    builds: createBuildFiles(context),
    claims: (name) => view.claims(name),
    blob: view.blob,
    read: view.read,
    refresh: () => view.refresh(true),
    startWriting: () => prepare(context),
    commit: (request) => commit(context, view, request),
    close: view.close,
  }
}
