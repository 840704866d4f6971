// Makes a fresh clone ready: installs what is missing (the root, and each host
// under test/hosts) and builds dist/ when it is not what src/ gives. Does nothing,
// and needs no network, when all is there. Runs before anything is installed, so
// it uses nothing but Node. Several processes may run it at once.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { distIsCurrent } from './setup/dist.mjs'
import { install } from './setup/install.mjs'
import { isInstalled } from './setup/installed.mjs'
import { withLock } from './setup/lock.mjs'

const root = path.resolve(import.meta.dirname, '..')

function steps() {
  const hosts = path.join(root, 'test/hosts')
  const folders = [root, ...readdirSync(hosts).map((name) => path.join(hosts, name))]
  return [
    ...folders
      .filter((folder) => existsSync(path.join(folder, 'package-lock.json')))
      .map((folder) => ({ isDone: () => isInstalled(folder), run: () => install(folder) })),
    { isDone: () => distIsCurrent(root), run: build },
  ]
}

function build() {
  console.log('Building dist …')
  execFileSync(process.execPath, [path.join(root, 'scripts/build.mjs')], {
    cwd: root,
    stdio: 'inherit',
  })
}

if (steps().some((step) => !step.isDone())) {
  await withLock(path.join(root, '.temp/setup.lock'), () => {
    // asked anew: another process may have done it while this one waited
    for (const step of steps()) if (!step.isDone()) step.run()
  })
}
