import type { HookContext } from './host.ts'

/** What a hook did to its context, in order, besides returning a value. */
export type Effect =
  | readonly ['addWatchFile', string]
  | readonly ['warn' | 'info' | 'debug', log: unknown, position: unknown]
  /** Nothing to repeat: whom the call knows of (links.ts). */
  | readonly ['resolve', id: string]
  | readonly ['emitFile', file: unknown, reference: string, isBuffer: boolean]
  /** What Vite has to be asked again for a style sheet (styles.ts): URLs of files, and what was put in the code's place for them. */
  | readonly ['asset', id: string, standIn: string]
  | readonly ['inlined', id: string, digest: string]
  | readonly ['public', url: string, placeholder: string]
  /** What plugin-legacy noted of a chunk (legacyMemory.ts). */
  | readonly [
      'polyfills',
      modern: readonly string[],
      legacy: readonly string[],
      isLegacyOutput: boolean,
    ]
  | readonly ['classes', classes: Readonly<Record<string, unknown>>]

/** Does it all again; answers the new reference ids by the stored ones. */
export function replayEffects(
  effects: readonly Effect[],
  context: HookContext,
): ReadonlyMap<string, string> {
  if (effects.length === 0) return none
  const references = new Map<string, string>()
  for (const effect of effects) {
    switch (effect[0]) {
      case 'emitFile':
        references.set(effect[2], context.emitFile(emittedFile(effect[1], effect[3])))
        break
      case 'addWatchFile':
        context.addWatchFile(effect[1])
        break
      case 'warn':
      case 'info':
      case 'debug':
        context[effect[0]](effect[1], effect[2])
        break
      default:
      // nothing to do to a context
    }
  }
  return references
}

const none: ReadonlyMap<string, string> = new Map()

/** The store keeps bytes; later hooks may rely on a Buffer where one was given. */
function emittedFile(file: unknown, isBuffer: boolean): unknown {
  if (!isBuffer) return file
  const { source } = file as { source: Uint8Array }
  return {
    ...(file as object),
    source: Buffer.from(source.buffer, source.byteOffset, source.byteLength),
  }
}
