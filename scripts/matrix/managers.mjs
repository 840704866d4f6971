import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { writeManifest } from './manifest.mjs'
import { toolFile } from './tools.mjs'

/**
 * Package managers: the tool that is needed, how to add packages to an empty project, and how to
 * run a command of one (`node_modules/.bin` where there is one).
 */
export const managers = {
  npm: {
    tools: [],
    add: (packages, tarball) => [
      'npm',
      'install',
      '--save-dev',
      '--no-audit',
      '--no-fund',
      tarball,
      ...packages,
    ],
    exec: (command) => command,
  },
  pnpm: {
    tools: ['pnpm'],
    add: (packages, tarball) => [
      'node',
      toolFile('pnpm', 'bin/pnpm.mjs'),
      'add',
      '--save-dev',
      tarball,
      ...packages,
    ],
    exec: (command) => command,
  },
  'yarn 1': {
    tools: ['yarn-1'],
    add: (packages, tarball) => [
      'node',
      toolFile('yarn-1', 'bin/yarn.js'),
      'add',
      '--dev',
      '--no-progress',
      tarball,
      ...packages,
    ],
    exec: (command) => command,
  },
  'yarn 4': {
    tools: ['yarn-4'],
    prepare: (dir) => yarnSettings(dir, 'node-modules'),
    add: yarn4,
    exec: (command) => command,
  },
  'yarn 4 pnp': {
    tools: ['yarn-4'],
    prepare: (dir) => yarnSettings(dir, 'pnp'),
    add: yarn4,
    exec: (command) => ['node', toolFile('yarn-4', 'bin/yarn.js'), 'run', ...command],
    // TypeScript needs a patch of Yarn's to look into it
    types: false,
  },
}

function yarn4(packages, tarball) {
  const own = `vite-plugin-remember@file:${tarball}`
  return ['node', toolFile('yarn-4', 'bin/yarn.js'), 'add', '--dev', own, ...packages]
}

/**
 * Yarn wants to know of every optional package, also of those for other systems; some registries
 * lack this one of Vite's, which is for Windows.
 */
const resolutions = { 'napi-windows-process-start-time': 'npm:xxhash-wasm@^1' }

function yarnSettings(dir, linker) {
  if (process.platform !== 'win32') writeManifest(dir, { resolutions })
  const registry = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim()
  const lines = [
    `nodeLinker: ${linker}`,
    `npmRegistryServer: ${registry}`,
    'enableTelemetry: false',
  ]
  writeFileSync(path.join(dir, '.yarnrc.yml'), `${lines.join('\n')}\n`)
}
