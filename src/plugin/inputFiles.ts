import fs from 'node:fs/promises'
import type { Digest, Hasher } from '../key/index.ts'
import type { Place } from './place.ts'

/** Digest of the content of the files that the `inputs` option names, by path; empty options give one fixed digest. */
export async function inputsDigest(
  patterns: readonly string[],
  place: Place,
  hasher: Hasher,
): Promise<Digest> {
  const files = patterns.length === 0 ? [] : await filesOf(patterns, place.root)
  const contents = await Promise.all(
    files
      .sort()
      .map(async (file) => [place.toPortable(file), await digestFile(file, hasher)] as const),
  )
  return hasher.digestOf(Object.fromEntries(contents))
}

async function filesOf(patterns: readonly string[], root: string): Promise<string[]> {
  // most builds have no use for it
  const { glob } = await import('tinyglobby')
  return glob([...patterns], { cwd: root, absolute: true, dot: true })
}

async function digestFile(file: string, hasher: Hasher): Promise<string> {
  try {
    return hasher.digestBytes(await fs.readFile(file))
  } catch {
    return 'unreadable'
  }
}
