import { readFileSync } from 'node:fs'
import path from 'node:path'

/**
 * True when a folder's node_modules is what its package-lock.json says. npm writes
 * what it installed to node_modules/.package-lock.json when it is done, so an
 * interrupted install is none. Optional packages for other systems may be missing.
 */
export function isInstalled(folder) {
  const installed = packagesOf(path.join(folder, 'node_modules/.package-lock.json'))
  if (!installed) return false
  const wanted = packagesOf(path.join(folder, 'package-lock.json'))
  return Object.entries(wanted).every(([place, { version, integrity, link, optional }]) => {
    if (!place.includes('node_modules/') || link) return true
    const found = installed[place]
    if (!found) return optional === true
    return found.version === version && found.integrity === integrity
  })
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}
