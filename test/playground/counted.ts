import fs from 'node:fs'
import path from 'node:path'
import { findPolicy, type HookName } from '../../src/policies/index.ts'
import type { Playground } from '../support/playground.ts'

/** Writes a config beside the app's that counts the calls inside its plugins. */
export function countedConfig(playground: Playground, config: string | undefined): string {
  const counter = JSON.stringify(path.resolve(import.meta.dirname, 'countCalls.mjs'))
  const vite = `import config from './vite.config.js'
import { countCalls } from ${counter}
export default { ...config, plugins: [...config.plugins, countCalls()] }
`
  const rollup = `import config from './${config}'
import { countPlugins } from ${counter}
for (const { plugins, output } of [config].flat()) {
  countPlugins(plugins)
  for (const { plugins: own } of [output].flat()) countPlugins(own ?? [])
}
export default config
`
  const name = config ? 'counted.config.js' : 'counted.vite.config.js'
  fs.writeFileSync(path.join(playground.dir, name), config ? rollup : vite)
  return name
}

/** Calls of hooks that are remembered, e.g. `vite:vue transform src/App.vue`, sorted. */
export function rememberedCalls(file: string, dir: string): string[] {
  const calls = JSON.parse(fs.readFileSync(file, 'utf8')) as [string, HookName, string][]
  return calls
    .filter(([plugin, hook]) => {
      const policy = findPolicy(plugin)
      return policy?.verdict === 'cache' && policy.hooks.includes(hook)
    })
    .map(([plugin, hook, id]) => `${plugin} ${hook} ${id.replaceAll(`${dir}/`, '')}`)
    .sort()
}
