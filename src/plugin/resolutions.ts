import type { HookContext } from './host.ts'
import type { Place } from './place.ts'
import { isPlain } from './plainData.ts'
import type { Subject } from './subject.ts'

/** What a hook asked `this.resolve` and was told: an input of its call, and asked again before the outcome is reused. */
export interface Resolution {
  readonly question: string
  readonly answer: string
}

/** What each plugin's contexts answered in a build, or will. */
export type Resolutions = Map<Subject, Map<string, string | Promise<unknown>>>

/** The fields of a resolution that a call may read; the others change with what the host has loaded by then. */
export const resolvedFields: ReadonlySet<string | symbol> = new Set(['id', 'external', 'then'])

/** The arguments of `this.resolve` as text that can be stored; undefined when they hold more than plain data. */
export function questionOf(args: readonly unknown[], place: Place): string | undefined {
  const [source, importer, options] = args
  const said = [portable(source, place), portable(importer, place), withoutBlanks(options)]
  return isPlain(said) ? JSON.stringify(said) : undefined
}

export function answerText(resolved: unknown, place: Place): string {
  if (resolved === null || resolved === undefined) return 'unresolved'
  const { id, external } = resolved as { id: string; external?: unknown }
  return JSON.stringify([place.toPortable(id), external ?? false])
}

/**
 * Tells whether a question still gets its answer: at once when it was asked
 * before in this build, else the promise of the host's answer.
 */
export function resolutionHolds(
  resolutions: Resolutions,
  subject: Subject,
  { question, answer }: Resolution,
  context: HookContext,
  place: Place,
): boolean | Promise<unknown> {
  let known = resolutions.get(subject)
  if (!known) resolutions.set(subject, (known = new Map()))
  const now = known.get(question)
  if (now !== undefined) return typeof now === 'string' ? now === answer : now
  const asking = ask(context, question, place).then((text) => known.set(question, text))
  known.set(question, asking)
  return asking
}

async function ask(context: HookContext, question: string, place: Place): Promise<string> {
  try {
    const [source, importer, options] = JSON.parse(question) as (string | null)[]
    const from = importer ? place.fromPortable(importer) : undefined
    const resolved = await context.resolve(place.fromPortable(source!), from, options ?? undefined)
    return answerText(resolved, place)
  } catch (error) {
    return `failed: ${String(error)}`
  }
}

function portable(value: unknown, place: Place): unknown {
  return typeof value === 'string' ? place.toPortable(value) : (value ?? null)
}

function withoutBlanks(options: unknown): unknown {
  if (typeof options !== 'object' || options === null) return options ?? null
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
