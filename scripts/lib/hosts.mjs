import { symlinkSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

export function hostHome(host) {
  return host === 'vite-8' ? root : path.join(root, 'test/hosts', host)
}

export function hostModules(host) {
  const modulesDir = path.join(hostHome(host), 'node_modules')
  if (host !== 'vite-8') linkProject(modulesDir)
  return modulesDir
}

/** A symbolic link, for `file:` in the host's package.json would install our development packages too. */
function linkProject(modulesDir) {
  try {
    const target = path.relative(modulesDir, root)
    symlinkSync(target, path.join(modulesDir, 'vite-plugin-remember'), 'junction')
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
}
