import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { isInstalled } from './installed.mjs'

const root = path.resolve(import.meta.dirname, '../..')

/** Installs what a folder's lock file says. */
export function install(folder) {
  console.error(`Installing packages in ${path.relative(root, folder) || 'the repository'} …`)
  // not `ci`: it refuses a lock file that lacks packages for other systems, as npm leaves
  // them out where a registry lacks them. This keeps to the lock file too, and leaves it alone.
  const args = ['install', '--no-save', '--prefix', folder, '--no-audit', '--no-fund']
  // npm sets this for what it runs; else the one on PATH, which is a script on Windows
  const npm = process.env.npm_execpath
  // npm's words go beside ours: the output of a benchmark is its tables
  const options = { cwd: root, stdio: ['ignore', 2, 2] }
  if (npm?.endsWith('.js')) execFileSync(process.execPath, [npm, ...args], options)
  else execFileSync('npm', args, { ...options, shell: process.platform === 'win32' })
  if (!isInstalled(folder)) throw new Error(`What npm installed is not what its lock file says`)
}
