import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { listFiles } from '../lib/compareDirs.mjs'

/** Bytes of all files below a folder; 0 where there is none. */
export function bytesBelow(dir) {
  if (!existsSync(dir)) return 0
  return listFiles(dir).reduce((sum, name) => sum + statSync(path.join(dir, name)).size, 0)
}
