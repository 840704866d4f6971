import path from 'node:path'
import { createPackages, openClosures, type Packages } from '../fingerprint/index.ts'
import type { Hasher } from '../key/index.ts'

/** Installed packages, and what of them the next process need not find out again. */
export interface ProcessPackages extends Packages {
  /** Keeps what was found. */
  save(): void
}

// What is installed is looked at once per process: the code of plugins was loaded
// then, and an install that comes later changes none of it. A config array is
// dozens of builds with the same hundreds of packages.
const packagesByRoot = new Map<string, ProcessPackages>()

/**
 * The packages of a workspace as this process found them.
 * @param dir of the store that keeps them.
 */
export function processPackages(root: string, hasher: Hasher, dir: string): ProcessPackages {
  let packages = packagesByRoot.get(root)
  if (!packages) {
    const file = path.join(dir, 'digests', `${hasher.digestText(root)}.packages`)
    const kept = openClosures(file, hasher.digestText)
    const digest = (value: unknown): string => hasher.digestOf(value)
    packages = { ...createPackages({ root, digest, kept }), save: kept.save }
    packagesByRoot.set(root, packages)
  }
  return packages
}
