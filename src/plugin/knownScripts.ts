import type { Cache } from '../engine/index.ts'
import type { Hasher } from '../key/index.ts'
import type { BuildStart } from './build.ts'
import { configContent } from './identity.ts'

/** Files of packages whose functions the config hands to plugins, as an earlier build found them. */
export interface KnownScriptFiles {
  readonly candidates: readonly string[]
  /** Keeps what this build found, when nothing was kept before. */
  keep(found: readonly string[]): void
}

/**
 * Asking V8 for its list of scripts costs up to 150 ms; the answer stays the
 * same while the config files do, so it is kept in the store under their content.
 */
export async function knownScripts(
  start: BuildStart,
  cache: Cache,
  hasher: Hasher,
): Promise<KnownScriptFiles> {
  // without a config file nothing tells whether the caller is the same
  if (start.configFiles.length === 0) return { candidates: [], keep: () => undefined }
  const request = {
    namespace: 'vite-plugin-remember/scripts',
    parts: { config: configContent(start.configFiles, hasher) },
  }
  const known = await cache.remember<readonly string[] | undefined>(request, (recorder) => {
    recorder.refuse('unknown')
    return undefined
  })
  return {
    candidates: known.value ?? [],
    keep(found) {
      if (known.value === undefined && found.length > 0) void cache.remember(request, () => found)
    },
  }
}
