import { readFileSync } from 'node:fs'
import path from 'node:path'

/** What of a package.json tells which other packages its code can reach. */
export interface Manifest {
  readonly name?: string
  readonly version?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  /** Set for native binaries. */
  readonly os?: readonly string[]
}

/** Reads the package.json of a folder, once; `undefined` when there is none or it is no JSON object. */
export type ReadManifest = (dir: string) => Manifest | undefined

/** @param look told of each file before it is read. */
export function manifestReader(look: (target: string) => void): ReadManifest {
  const manifests = new Map<string, Manifest | undefined>()
  return (dir) => {
    if (!manifests.has(dir)) {
      const file = path.join(dir, 'package.json')
      look(file)
      manifests.set(dir, readManifest(file))
    }
    return manifests.get(dir)
  }
}

function readManifest(file: string): Manifest | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return typeof manifest === 'object' && manifest !== null ? manifest : undefined
  } catch {
    return undefined
  }
}

/** Packages that the code of this one may import: a peer only where its user has it. */
export function reachable(manifest: Manifest): string[] {
  const { dependencies, optionalDependencies, peerDependencies } = manifest
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })
}
