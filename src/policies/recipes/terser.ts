import { type CachePolicy, hasLabel, type IdleConfig, replacements } from '../policy.ts'
import { isPlain, type ProjectUse, recordOf } from '../projects.ts'

/**
 * Pure given code, options, format and source map. A full hit never starts the
 * workers. `nameCache` is filled by one chunk and read by the next: then never.
 */
function refuseParts(parts: Readonly<Record<string, unknown>>): string | undefined {
  return hasLabel(parts, 'nameCache') ? 'nameCache is state across chunks' : undefined
}

/** Code and options go to a thread; functions among them may ask for anything. */
const projects: ProjectUse = {
  isFree: ({ parts: { options, terserOptions }, config: { build } }) =>
    [options, terserOptions, recordOf(build)['terserOptions']].every(isPlain),
}

export const rollupTerser: CachePolicy = {
  verdict: 'cache',
  plugin: 'terser',
  hooks: ['renderChunk'],
  packages: ['@rollup/plugin-terser', 'terser'],
  checked: '@rollup/plugin-terser 1.0.2',
  why: 'a pure function of code, options, format and source map; works in threads',
  except: 'all, with the option `nameCache`: one chunk fills it, the next one reads it',
  state: 'none',
  paths: 'visible',
  projects,
  // starts workers
  env: [],
  chunkFields: [],
  refuseParts,
}

/** As `terserPlugin` in vite's minifyTerser asks for each chunk. */
function isIdle({ build, isOutputOptionsForLegacyChunks }: IdleConfig): boolean {
  return build?.minify !== 'terser' && isOutputOptionsForLegacyChunks === undefined
}

export const viteTerser: CachePolicy = {
  verdict: 'cache',
  plugin: 'vite:terser',
  hooks: ['renderChunk'],
  packages: ['vite', 'terser'],
  checked: 'vite 8.3.8, 7.3.8',
  why: 'a pure function of code, options, format and source map; works in threads',
  except: 'all, with the option `nameCache`: one chunk fills it, the next one reads it',
  state: 'none',
  paths: 'visible',
  projects,
  blindTo: replacements,
  // starts workers
  env: [],
  chunkFields: [],
  refuseParts,
  isIdle,
}
