// The floor a warm build is measured against: a Vite plugin in the place of ours
// that answers the same hook calls from a map in memory: results and watched files,
// so that the host has the same to do. It checks nothing and makes no key, so it is
// right only for the very build that was recorded.
//
// BENCH_ORACLE=record  runs the original hooks and writes their results to BENCH_ORACLE_FILE
// BENCH_ORACLE=replay  loads that file at once (the time is reported) and answers from it
import { readFileSync, writeFileSync } from 'node:fs'
import { deserialize, serialize } from 'node:v8'

/** What our policies remember of Vite's and other plugins (src/policies/table.ts). */
const remembered = {
  'vite:vue': ['load', 'transform'],
  'vite:vue-jsx': ['transform'],
  'vite:css': ['transform'],
  '@mdx-js/rollup': ['transform'],
  '@rolldown/plugin-babel': ['transform'],
  'vite-plugin-svelte:compile': ['transform'],
  'vite-plugin-svelte:preprocess': ['transform'],
  'vite-plugin-svgr': ['load'],
  'unplugin-icons': ['load'],
}

export default function oracle() {
  const { BENCH_ORACLE: mode, BENCH_ORACLE_FILE: file } = process.env
  return mode === 'record' ? recorder(file) : player(file)
}

function recorder(file) {
  const results = new Map()
  const refused = new Set()
  return {
    ...surround(
      (original, prefix, idOf) =>
        async function (...args) {
          const id = idOf(args)
          let usable = !/\.module\.[a-z]+(?:$|\?)/.test(id)
          const watchFiles = []
          const context = watched(this, watchFiles, () => (usable = false))
          const result = plainResult(await original.apply(context, args))
          if (!usable || /__VITE_(?:PUBLIC_)?ASSET__/.test(result?.code)) refused.add(fileOf(id))
          // serialised before the host gets it, for Rolldown writes into maps
          results.set(prefix + id, {
            file: fileOf(id),
            answer: { result: structuredClone(result), watchFiles },
          })
          return result
        },
    ),
    closeBundle() {
      const kept = [...results].filter(([, one]) => !refused.has(one.file))
      writeFileSync(file, serialize(new Map(kept.map(([key, one]) => [key, one.answer]))))
    },
  }
}

function player(file) {
  const started = performance.now()
  const results = deserialize(readFileSync(file))
  const counts = { loadMs: performance.now() - started, hits: 0, misses: 0 }
  globalThis.benchReport.oracle = counts
  return surround(
    (original, prefix, idOf) =>
      function (...args) {
        const key = prefix + idOf(args)
        const answer = results.get(key)
        if (answer === undefined) {
          counts.misses++
          return original.apply(this, args)
        }
        counts.hits++
        for (const watched of answer.watchFiles) this.addWatchFile(watched)
        return answer.result
      },
  )
}

/** A plugin that puts `wrap(original, prefix, idOf)` in place of every remembered hook. */
function surround(wrap) {
  return {
    name: 'bench-oracle',
    enforce: 'pre',
    options: {
      order: 'post',
      handler({ plugins }) {
        for (const plugin of plugins) {
          for (const hook of remembered[plugin.name] ?? []) put(plugin, hook, wrap)
        }
      },
    },
  }
}

function put(plugin, hook, wrap) {
  const place = plugin[hook]
  const original = place?.handler ?? place
  if (!original) return
  const idOf = hook === 'load' ? (args) => args[0] : (args) => args[1]
  const wrapper = wrap(original, `${plugin.name}\0${hook}\0`, idOf)
  if (place.handler) place.handler = wrapper
  else plugin[hook] = wrapper
}

/** A hook's `this` that tells of calls whose effect a result does not hold; files that are watched are noted. */
function watched(context, watchFiles, onEffect) {
  const effects = new Set(['emitFile', 'load', 'resolve', 'getModuleInfo'])
  return new Proxy(context, {
    get(target, name) {
      const value = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      return (...args) => {
        if (effects.has(name)) onEffect()
        if (name === 'addWatchFile') watchFiles.push(args[0])
        return value.apply(target, args)
      }
    },
  })
}

function plainResult(result) {
  if (typeof result !== 'object' || result === null) return result
  const { code, map, ...rest } = result
  if (code !== undefined && typeof code !== 'string') throw new Error('code is no string')
  return JSON.parse(JSON.stringify({ code, map, ...rest }))
}

function fileOf(id) {
  return id.replace(/[?#].*$/s, '')
}
