import type { Cache, RememberRequest } from '../engine/index.ts'
import type { LocatedFile, Sample } from '../fingerprint/index.ts'
import type { Hasher } from '../key/index.ts'
import type { Inputs } from '../trace/index.ts'
import type { BuildStart } from './build.ts'
import { configContent } from './identity.ts'
import type { Place } from './place.ts'

/** Which files the functions are from that the config hands to plugins, as an earlier build found them. */
export interface KnownScriptFiles {
  locate(sample: Sample): string | undefined
  /** Keeps what this build found. */
  keep(located: readonly LocatedFile[]): void
}

/**
 * Asking V8 for its list of scripts costs up to 150 ms. A function of an installed package is from
 * the same file as before while the config files and the package's version stay, so the answer is
 * kept in the store, under the function's text and place.
 */
export function knownScripts(
  start: BuildStart,
  tools: { readonly cache: Cache; readonly hasher: Hasher; readonly inputs: Inputs },
  place: Place,
): KnownScriptFiles {
  // without a config file nothing tells whether the caller is the same
  if (start.configFiles.length === 0) return { locate: () => undefined, keep: () => undefined }
  const { cache, hasher, inputs } = tools
  const config = configContent(start.configFiles, hasher)
  const check = inputs.openCheck()
  const requestFor = ({ source, line, column }: Sample): RememberRequest => ({
    namespace: 'vite-plugin-remember/script',
    parts: { column, config, line, source: hasher.digestText(source) },
  })

  return {
    locate(sample) {
      const known = cache.rememberNow<string | undefined>(
        requestFor(sample),
        (recorder) => void recorder.refuse('unknown'),
        { check },
      )
      if (known instanceof Promise || known.value === undefined) return undefined
      return place.fromPortable(known.value)
    },
    keep(located) {
      for (const { sample, file } of located) {
        if (isAmbiguous(sample, file, located)) continue
        void cache.remember(
          requestFor(sample),
          (recorder) => {
            recorder.input(inputs.take('file', file))
            return place.toPortable(file)
          },
          { check },
        )
      }
    },
  }
}

/** Two files may have the same function at the same place. */
function isAmbiguous(sample: Sample, file: string, located: readonly LocatedFile[]): boolean {
  return located.some(
    (other) =>
      other.file !== file &&
      other.sample.line === sample.line &&
      other.sample.column === sample.column &&
      other.sample.source === sample.source,
  )
}
