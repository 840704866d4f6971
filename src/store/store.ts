import { statSync } from 'node:fs'
import { link } from 'node:fs/promises'
import type { Digest, Hasher } from '../key/index.ts'
import { createBuildFiles, type BuildFiles } from './buildFiles.ts'
import { type CommitRequest, commit, takeIn, type Verdict } from './commit.ts'
import { type Context, giveUpWriting } from './context.ts'
import { layoutOf } from './layout.ts'
import { prepare } from './prepare.ts'
import { adoptPacks, type Replaced, type Replacement, replacePacks } from './replace.ts'
import type { Read, Row, StoreFault } from './types.ts'
import { type OnProgress, type VerifiedFiles, verifyFiles } from './verify.ts'
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
  /** The content of that name from the first whole copy; valid until the next read. */
  content(name: Digest): Buffer | undefined
  read(row: Row): Read | undefined
  /** Takes in what other processes wrote. */
  refresh(): void
  /** The same for what was committed only, which costs one listing; true when there is something. */
  catchUp(): boolean
  /** Makes the folders; from here on the store is written to. */
  startWriting(): Promise<void>
  /** Writes claims and blobs as one pack, one call after the other. */
  commit(request: CommitRequest): Promise<readonly Verdict[]>
  /**
   * Takes in a pack of another store if all its claims are new here, which `isNew` is asked when it
   * is its turn; false when they have to be committed.
   */
  takeIn(pack: Buffer, isNew: () => boolean): Promise<boolean>
  /**
   * Replaces packs as `plan` says, which is asked when every pack has its place
   * in the order; undefined changes nothing.
   */
  replace(plan: () => Replacement | undefined): Promise<Replaced | 'nothing' | 'failed'>
  /** Reads every byte; `fix` moves what is damaged to `quarantine/`. */
  verify(fix: boolean, onProgress?: OnProgress): VerifiedFiles
  /** When packs were last replaced, or first written; undefined in an empty store. Milliseconds since 1970. */
  prunedAt(): number | undefined
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
  // results of builds and packs from elsewhere come at the same time
  let committed: Promise<unknown> = Promise.resolve()

  return {
    dir,
    get unwritable() {
      return context.unwritable
    },
    view,
    builds: createBuildFiles(context),
    claims: (name) => view.claims(name),
    blob: view.blob,
    content: view.content,
    read: view.read,
    refresh: () => view.refresh(true),
    catchUp() {
      const before = view.order
      view.refresh(false)
      return view.order !== before
    },
    startWriting: () => prepare(context),
    commit(request) {
      const done = committed.then(() => commit(context, view, request))
      committed = done
      return done
    },
    takeIn(pack, isNew) {
      const done = committed.then(() => takeIn(context, view, pack, isNew))
      committed = done
      return done
    },
    async replace(plan) {
      if (!context.writable) return 'failed'
      try {
        if (!(await adoptPacks(context, view))) return 'superseded'
        return await replacePacks(context, view, plan)
      } catch (error) {
        giveUpWriting(context, 'write_failed', error)
        return 'failed'
      }
    },
    verify: (fix, onProgress) => verifyFiles(context, view, fix, onProgress),
    prunedAt() {
      const { checkpoint, ranked } = view.order
      const number = checkpoint > 0 ? checkpoint : ranked[0]?.rank
      if (number === undefined) return undefined
      try {
        return statSync(context.layout.slot(number)).mtimeMs
      } catch {
        return undefined
      }
    },
    close: view.close,
  }
}
