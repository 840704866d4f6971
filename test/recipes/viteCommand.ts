import fs from 'node:fs'
import path from 'node:path'
import { hostModules, type Host } from '../../scripts/lib/hosts.mjs'
import { write } from '../plugin/harness.ts'
import { runNodeOrThrow } from '../support/runNode.ts'

export function writeAll(dir: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) write(dir, name, text)
}

/** Builds a project by Vite's command, in a process of its own, and answers all that it wrote. */
export async function viteCommand(
  host: Host,
  dir: string,
  env: { readonly REMEMBER: 'off' | 'readwrite'; readonly REMEMBER_DIR: string },
): Promise<string> {
  await runNodeOrThrow(path.join(hostModules(host), 'vite/bin/vite.js'), {
    cwd: dir,
    args: ['build', '--logLevel', 'error'],
    env,
  })
  const out = path.join(dir, 'dist')
  const all = fs.readdirSync(out).toSorted()
  return all.map((name) => fs.readFileSync(path.join(out, name), 'utf8')).join('\n')
}
