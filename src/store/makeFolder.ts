import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errorCode } from './context.ts'

/**
 * Makes a folder and those above it. Not by Node's own `recursive`, which never
 * ends where a folder is there but takes no new ones and answers ENOENT (as
 * /proc does): it would try the parent, find it, and try again.
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return
    if (errorCode(error) !== 'ENOENT' || dirname(folder) === folder) throw error
    await makeFolder(dirname(folder))
    await mkdir(folder).catch((again: unknown) => {
      if (errorCode(again) !== 'EEXIST') throw again
    })
  }
}
