import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Context, errorCode } from './context.ts'
import { SLOT_RECORD } from './orderLog.ts'
import { quarantine } from './quarantine.ts'

/** File systems without hard links answer with one of these. */
const NO_LINKS: ReadonlySet<string> = new Set([
  'EPERM',
  'EACCES',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
])

/**
 * Makes a file appear whole under a name that stands for its content: a
 * second writer of the name has the same bytes, and a file with other bytes
 * is damaged and moved aside. Without hard links a rename does it, which may
 * replace the file by its equal.
 *
 * @throws the system's error when it can't be written
 */
export async function publishNamed(
  context: Context,
  target: string,
  bytes: Uint8Array,
): Promise<void> {
  await withTemp(context, bytes, async (temp) => {
    if (await linkNamed(context, temp, target)) return
    if (await holds(target, bytes)) return
    quarantine(context, target, 'other bytes than its name says')
    await linkNamed(context, temp, target)
  })
}

/** False when the name is taken. */
async function linkNamed(context: Context, temp: string, target: string): Promise<boolean> {
  try {
    await context.link(temp, target)
  } catch (error) {
    const code = errorCode(error)
    if (code === 'EEXIST') return false
    if (!NO_LINKS.has(code)) throw error
    await rename(temp, target)
  }
  return true
}

async function holds(file: string, bytes: Uint8Array): Promise<boolean> {
  try {
    return (await readFile(file)).equals(bytes)
  } catch {
    return false
  }
}

/**
 * Makes a file appear whole under a name that only one writer may have: false
 * when it is taken. Without hard links a folder takes the name, because
 * renaming a folder never replaces one that holds something.
 *
 * @throws the system's error when it can't be written
 */
export async function publishExclusive(
  context: Context,
  target: string,
  bytes: Uint8Array,
): Promise<boolean> {
  return await withTemp(context, bytes, async (temp) => {
    try {
      await context.link(temp, target)
      return true
    } catch (error) {
      const code = errorCode(error)
      if (code === 'EEXIST') return false
      if (!NO_LINKS.has(code)) throw error
      return await renameFolder(temp, target)
    }
  })
}

async function renameFolder(temp: string, target: string): Promise<boolean> {
  const folder = `${temp}-slot`
  try {
    await mkdir(folder)
    await rename(temp, join(folder, SLOT_RECORD))
    await rename(folder, target)
    return true
  } catch (error) {
    if (TAKEN.has(errorCode(error))) return false
    throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** How renaming a folder onto a taken name ends: a folder with content, a file; the last one on Windows. */
const TAKEN: ReadonlySet<string> = new Set(['ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'EPERM'])

async function withTemp<T>(
  context: Context,
  bytes: Uint8Array,
  use: (temp: string) => Promise<T>,
): Promise<T> {
  const temp = join(context.layout.tmp, randomBytes(8).toString('hex'))
  try {
    await writeFile(temp, bytes, { flag: 'wx' })
    return await use(temp)
  } finally {
    await unlink(temp).catch(() => {})
  }
}
