import fs from 'node:fs'
import path from 'node:path'
import { bundle as bundleAll } from '../../scripts/lib/bundle.mjs'
import { repository, tempRoots } from './temp.ts'

/**
 * Bundles a TypeScript file for a real child process. Packages resolve from the
 * repository. For a `beforeAll`; the file goes after the run.
 *
 * @param entry absolute, or relative to the repository.
 * @returns path of an ES module, `.mjs`.
 */
export async function bundle(entry: string): Promise<string> {
  const input = path.resolve(repository, entry)
  const parent = tempRoots()['vite-8']
  fs.mkdirSync(parent, { recursive: true })
  const dir = fs.mkdtempSync(path.join(parent, 'bundle-'))
  await bundleAll([input], dir)
  return path.join(dir, `${path.basename(entry, '.ts')}.mjs`)
}
