import type { Inspector } from '../fingerprint/index.ts'
import type { Effect } from './effects.ts'
import { hookHandler, type HostPlugin } from './host.ts'
import { scopesOf } from './scopesOf.ts'

// @vitejs/plugin-legacy (8.2.3, 7.2.1) notes for each chunk of an output which polyfills Babel
// asked for; its `generateBundle` builds the polyfill chunks from that. It tells Vite which outputs
// are legacy ones: by a set of its own (for Vite 8), by fields of the output options (Vite 7).

type Polyfills = Readonly<Record<'modern' | 'legacy', Set<string>>>
type ByChunk = Map<string, Polyfills>

const marks = ['__vite_skip_esbuild__', '__vite_force_terser__', '__vite_skip_asset_emit__']

/** What a `renderChunk` of plugin-legacy leaves behind besides its result. */
export interface LegacyMemory {
  /** Undefined when it noted nothing, as in a build for a server. */
  read(args: readonly unknown[]): LegacyEffect | undefined
  /** False when this chunk can't be told from others. */
  restore(effect: LegacyEffect, args: readonly unknown[]): boolean
}

export type LegacyEffect = Extract<Effect, readonly ['polyfills', ...unknown[]]>

/** Finds it through the closure of a build's `vite:legacy-post-process`; nothing where its variables have other names. */
export function findLegacyMemory(
  inspector: Inspector | undefined,
  plugin: HostPlugin,
): LegacyMemory | undefined {
  const known = 'outputToChunkFileNameToPolyfills'
  const scopes = scopesOf(inspector, hookHandler(plugin.renderChunk), known)
  const variable = (name: string): unknown =>
    scopes.find(({ variables }) => name in variables)?.variables[name]
  const outputs = variable(known)
  const legacyOutputs = variable('outputOptionsForLegacyChunks')
  if (!(outputs instanceof WeakMap)) return undefined
  const byOutput = outputs as WeakMap<object, ByChunk | null>
  const marked = legacyOutputs instanceof WeakSet ? legacyOutputs : undefined

  return {
    read(args) {
      const [, { fileName }, options] = args as RenderArguments
      const noted = byOutput.get(options)?.get(fileName)
      if (!noted) return undefined
      const isLegacy = marked?.has(options) ?? marks.every((mark) => options[mark] === true)
      return ['polyfills', [...noted.modern], [...noted.legacy], isLegacy]
    },
    restore([, modern, legacy, isLegacy], args) {
      const [, { fileName }, options, meta] = args as RenderArguments
      let chunks = byOutput.get(options)
      if (!chunks) {
        const names = Object.keys(meta.chunks)
        chunks = new Map(names.map((name) => [name, { modern: new Set(), legacy: new Set() }]))
        byOutput.set(options, chunks)
      }
      const noted = chunks.get(fileName)
      if (!noted) return false
      for (const each of modern) noted.modern.add(each)
      for (const each of legacy) noted.legacy.add(each)
      if (isLegacy && marked) marked.add(options)
      else if (isLegacy) for (const mark of marks) options[mark] = true
      return true
    },
  }
}

type RenderArguments = [
  code: string,
  chunk: { readonly fileName: string },
  options: Record<string, unknown>,
  meta: { readonly chunks: object },
]
