import MagicString from 'magic-string'
import type { Effect } from './effects.ts'
import { codeOf, NotStorable, type Outcome } from './outcome.ts'

/**
 * Ways in which code speaks of emitted files. Their ids hold only for one build:
 * Rolldown hashes a counter, Rollup a name, Vite 8 resolves a random id through
 * a map in memory.
 */
const placeholder =
  /__VITE_(?:ASSET|PUBLIC_ASSET)__([\w$]+)__|(?:ROLLUP|ROLLDOWN)_FILE_URL_(?:OBJ_)?([\w$]+)/g

/** Most code speaks of no file: two searches for text cost a tenth of one for the pattern. */
function mayRefer(code: string | undefined): boolean {
  return code !== undefined && (code.includes('__VITE_') || code.includes('_FILE_URL_'))
}

/** A stand-in of the same length for the nth reference, so that positions and maps stay. */
function standIn(reference: string, index: number): string {
  return `_${index}_remember_reference_`.padEnd(reference.length, '_').slice(0, reference.length)
}

/**
 * Replaces reference ids, which differ from build to build, by stand-ins; equal
 * outcomes then have equal bytes. Refuses code that speaks of a file which this
 * call did not emit itself: nobody could emit that one again.
 */
export function detachReferences(
  outcome: Outcome,
  incomingCode: string | undefined,
): Outcome | NotStorable {
  const emitted = outcome.effects.filter((effect) => effect[0] === 'emitFile')
  const code = codeOf(outcome.result)
  if (emitted.length === 0 && !mayRefer(code)) return outcome
  if (code === undefined) return emitted.length === 0 ? outcome : detach(outcome, emitted, [])

  const references = emitted.map((effect) => effect[2])
  for (const [text, vite, rollup] of code.matchAll(placeholder)) {
    const id = (vite ?? rollup)!
    const own = references.some((reference) => id === reference || id.startsWith(`${reference}_`))
    const isKnown = outcome.effects.some((effect) => effect[0] === 'public' && effect[2] === text)
    // what came in with the code is part of the key
    if (!own && !isKnown && !incomingCode?.includes(text))
      return new NotStorable('refers to an asset of another call')
  }
  return emitted.length === 0 ? outcome : detach(outcome, emitted, references)
}

type EmitEffect = Extract<Effect, readonly ['emitFile', ...unknown[]]>

function detach(
  outcome: Outcome,
  emitted: readonly EmitEffect[],
  references: readonly string[],
): Outcome | NotStorable {
  const standIns = emitted.map((effect, index) => standIn(effect[2], index))
  const code = codeOf(outcome.result)
  // too short to tell apart (or spoken of in code by chance): leave it alone
  if (
    new Set(standIns).size < standIns.length ||
    standIns.some((text) => text.length < 8 || code?.includes(text))
  ) {
    return new NotStorable('emitted files whose references have no stand-in')
  }
  const byReference = new Map(references.map((reference, index) => [reference, standIns[index]!]))
  const result = code === undefined ? outcome.result : renamed(outcome.result, code, byReference)
  if (result instanceof NotStorable) return result
  const effects = outcome.effects.map((effect): Effect => {
    if (effect[0] !== 'emitFile') return effect
    return ['emitFile', effect[1], standIns[emitted.indexOf(effect)]!, effect[3]]
  })
  return { result, effects }
}

/** Puts this build's reference ids where the stand-ins are. */
export function attachReferences(
  result: unknown,
  references: ReadonlyMap<string, string>,
): unknown {
  const code = codeOf(result)
  return references.size === 0 || code === undefined ? result : renamed(result, code, references)
}

function renamed(result: unknown, code: string, names: ReadonlyMap<string, string>): unknown {
  const edited = new MagicString(code)
  for (const [from, to] of names) {
    // one host makes ids of one length; a shift would need the map to follow
    if (from.length !== to.length) return new NotStorable('reference ids of different lengths')
    edited.replaceAll(from, to)
  }
  if (typeof result === 'string') return edited.toString()
  return { ...(result as object), code: edited.toString() }
}
