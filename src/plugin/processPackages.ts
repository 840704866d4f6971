import { createPackages, type Packages } from '../fingerprint/index.ts'
import type { Hasher } from '../key/index.ts'

// What is installed is looked at once per process: the code of plugins was loaded
// then, and an install that comes later changes none of it. A config array is
// dozens of builds with the same hundreds of packages.
const packagesByRoot = new Map<string, Packages>()

/** The packages of a workspace as this process found them. */
export function processPackages(root: string, hasher: Hasher): Packages {
  let packages = packagesByRoot.get(root)
  if (!packages) {
    packages = createPackages({ root, digest: (value) => hasher.digestOf(value) })
    packagesByRoot.set(root, packages)
  }
  return packages
}
