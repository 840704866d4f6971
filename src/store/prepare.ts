import { readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Context, errorCode, giveUpWriting, LEFTOVER_AGE } from './context.ts'
import { makeFolder } from './makeFolder.ts'

/** https://bford.info/cachedir/: tells backup programs to leave the folder out. */
const CACHEDIR_TAG = `Signature: 8a477f597d28d172789f06886806bc55
# This folder is a cache of vite-plugin-remember. It may be deleted at any time.
`

/** Makes the folders of a store, and sweeps what dead writers left. Gives up writing when that fails. */
export async function prepare(context: Context): Promise<void> {
  const { layout } = context
  try {
    for (const dir of [layout.packs, layout.order, layout.builds, layout.quarantine, layout.tmp]) {
      await makeFolder(dir)
    }
    await writeFile(join(layout.dir, 'CACHEDIR.TAG'), CACHEDIR_TAG, { flag: 'wx' }).catch(
      ignoreExisting,
    )
    context.writable = true
  } catch (error) {
    giveUpWriting(context, 'store_unavailable', error)
    return
  }
  await sweep(context)
}

function ignoreExisting(error: unknown): void {
  if (errorCode(error) !== 'EEXIST') throw error
}

async function sweep(context: Context): Promise<void> {
  try {
    for (const name of await readdir(context.layout.tmp)) {
      const path = join(context.layout.tmp, name)
      const { mtimeMs } = await stat(path)
      if (context.now() - mtimeMs > LEFTOVER_AGE) await rm(path, { recursive: true, force: true })
    }
  } catch {
    // Another process sweeps too, or we may not: leftovers do no harm.
  }
}
