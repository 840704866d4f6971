import fs from 'node:fs'
import path from 'node:path'
import { rolldown } from 'rolldown'
import { repository, tempRoots } from './temp.ts'

/**
 * Bundles a TypeScript file for a real child process: Node 20 runs no `.ts`.
 * Packages stay imports and resolve from the repository. For a `beforeAll`; the
 * file goes after the run.
 *
 * @param entry absolute, or relative to the repository.
 * @returns path of an ES module, `.mjs`.
 */
export async function bundle(entry: string): Promise<string> {
  const input = path.resolve(repository, entry)
  const parent = tempRoots()['vite-8']
  fs.mkdirSync(parent, { recursive: true })
  const dir = fs.mkdtempSync(path.join(parent, 'bundle-'))
  const build = await rolldown({
    input,
    external: /^(?![./]|[A-Za-z]:[\\/])/,
    platform: 'node',
    transform: { define: { __VERSION__: '"0.0.0-test"' } },
  })
  const { output } = await build.write({ dir, format: 'esm', entryFileNames: '[name].mjs' })
  await build.close()
  return path.join(dir, output[0].fileName)
}
