import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Writes fields of a project's package.json; those that are undefined go. */
export function writeManifest(dir, fields) {
  const file = path.join(dir, 'package.json')
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const manifest = { name: 'app', private: true, ...known, ...fields }
  writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`)
}
