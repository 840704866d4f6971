import fs from 'node:fs'
import path from 'node:path'
import { findPolicy, type HookName } from '../../src/policies/index.ts'

/** Writes a config beside the one in `dir` that counts the calls inside its plugins, and answers its name. */
export function countedConfig(
  dir: string,
  config: string | undefined,
  counterFile: string = path.join(import.meta.dirname, 'countCalls.mjs'),
): string {
  const counter = JSON.stringify(counterFile)
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
  fs.writeFileSync(path.join(dir, name), config ? rollup : vite)
  return name
}

/**
 * What answers null at once: `vite:terser` where another minifier is set, in Vite 6 `vite:css` for
 * all modules, and `unplugin-icons`, which is not looked up for what is no icon.
 */
const idle =
  /^vite:terser |^vite:css transform (?!.*\.(?:css|scss|sass|less))|^unplugin-icons load (?!~icons\/)/

/** Calls of hooks that are remembered, e.g. `vite:vue transform src/App.vue`, sorted. */
export function rememberedCalls(file: string, dir: string): string[] {
  const calls = JSON.parse(fs.readFileSync(file, 'utf8')) as [string, HookName, string][]
  return calls
    .filter(([plugin, hook]) => {
      const policy = findPolicy(plugin)
      return policy?.verdict === 'cache' && policy.hooks.includes(hook)
    })
    .map(([plugin, hook, id]) => `${plugin} ${hook} ${id.replaceAll(`${dir}/`, '')}`)
    .filter((call) => !idle.test(call))
    .sort()
}
