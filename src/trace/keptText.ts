import fs from 'node:fs'
import path from 'node:path'
import type { Hasher } from '../key/index.ts'

// Taken once, for these properties of `fs` are observed while hooks run.
const { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = fs

/** Makes the digest that tells a damaged text. */
export type TextDigest = Hasher['digestText']

/** A text that a process kept for the next ones; undefined when it is not there, or not as it was written. */
export function readKept(file: string, digest: TextDigest): string | undefined {
  try {
    const text = readFileSync(file, 'utf8')
    const end = text.indexOf('\n')
    const kept = text.slice(end + 1)
    return text.slice(0, end) === digest(kept) ? kept : undefined
  } catch {
    return undefined
  }
}

/** Puts a text in the place of the one before, at once. A failure leaves that one, and is not told. */
export function writeKept(file: string, text: string, digest: TextDigest): void {
  const temp = `${file}.${process.pid}.${performance.now()}`
  try {
    // the store's own folder is the store's to make
    if (!existsSync(path.dirname(file))) mkdirSync(path.dirname(file))
    writeFileSync(temp, `${digest(text)}\n${text}`, { flag: 'wx' })
    renameSync(temp, file)
  } catch {
    discard(temp)
  }
}

function discard(temp: string): void {
  try {
    rmSync(temp, { force: true })
  } catch {
    // ENOTDIR where a file stands in the folder's place
  }
}
