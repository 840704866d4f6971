import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import manifest from '../../package.json' with { type: 'json' }
import { run } from './run.mjs'

const root = path.resolve(import.meta.dirname, '../..')

/**
 * Packs the package as `npm publish` would.
 *
 * @throws Error when it has a script that npm runs at install
 */
export async function pack() {
  const atInstall = ['preinstall', 'install', 'postinstall', 'prepare']
  const script = atInstall.find((name) => name in manifest.scripts)
  if (script) throw new Error(`package.json has a script ${script}, which npm would run at install`)
  const to = mkdtempSync(path.join(os.tmpdir(), 'remember-packed-'))
  const printed = await run('npm', ['pack', '--json', '--pack-destination', to], root)
  const [found] = Object.values(JSON.parse(printed))
  return {
    file: path.join(to, found.filename),
    files: found.entryCount,
    size: found.size,
    unpackedSize: found.unpackedSize,
  }
}
