import type { Input, Recorder } from '../engine/index.ts'
import type { Digest } from '../key/index.ts'
import { createObservation, inputName, keepInputs, observe } from '../trace/index.ts'
import type { Build } from './build.ts'
import type { AnyFunction, HookContext } from './host.ts'
import { hydrate } from './hydrate.ts'
import { codeOf, NotStorable, plainMap, plainResult, type Outcome } from './outcome.ts'
import { fileBehind } from './place.ts'
import { noteLinks } from './links.ts'
import type { HookName } from '../policies/index.ts'
import { guardFields, recordContext, type ContextRecord } from './recordingContext.ts'
import { detachReferences } from './references.ts'
import type { HookCall } from './request.ts'
import type { Subject } from './subject.ts'

/** An original hook, ready to run. */
export interface Original {
  readonly build: Build
  readonly subject: Subject
  readonly hook: HookName
  /** The file behind the module's id; undefined for virtual modules and chunks. */
  file: string | undefined
  readonly original: AnyFunction
  readonly context: HookContext
  readonly args: readonly unknown[]
  /** Set as soon as the original has ended, one way or the other. */
  ended: { readonly result: unknown } | { readonly thrown: unknown } | undefined
}

interface Ran {
  readonly result: unknown
  readonly record: ContextRecord
  /** The file behind the id, as it was before the hook ran. */
  readonly own: Input | undefined
  /** What it looked at otherwise. */
  readonly looked: readonly Input[]
  /** Milliseconds, shared fairly with what ran at the same time. */
  readonly costMs: number
  /** Why nobody can tell what the result depends on. */
  readonly unsure: string | undefined
}

/**
 * Runs an original under observation, its plugin's state for the file made whole
 * before. What it looked at outside its own file joins what the plugin may have kept.
 */
export async function runOriginal(run: Original): Promise<Ran> {
  const { build, subject, file, original, context } = run
  build.holdPatches()
  const looked: Look[] = []
  const observation = createObservation({
    look(look, path) {
      // the file behind the id is an input anyway, by its content
      if (path === file && (look === 'file' || look === 'exists')) return
      const input = build.inputs.take(look, path)
      looked.push({ look, path, input })
      keep(subject, input)
    },
    env(name) {
      const names = name === '*' ? (subject.policy.env ?? ['*']) : [name]
      for (const each of names) keep(subject, build.inputs.env(each))
    },
  })
  const own = file === undefined ? undefined : build.inputs.take('file', file)
  const { context: recording, record } = recordContext(context, build.place)

  const stop = build.clock.start()
  const result = await observe(observation, async () => {
    if (file !== undefined) await hydrate(subject, file, context)
    try {
      const answer = await original.apply(recording, guarded(run, record))
      run.ended = { result: answer }
      return answer
    } catch (error) {
      run.ended = { thrown: error }
      stop()
      throw error
    }
  })
  const costMs = stop()
  noteLinks(run, record.effects, false)

  // looks were noted before the hook saw an answer; where another is true now, nobody knows which one it used
  const changed = [
    ...looked,
    ...(own ? [{ look: 'file' as const, path: file!, input: own }] : []),
  ].find(({ look, path, input }) => build.inputs.take(look, path).value !== input.value)
  const unsure = changed
    ? `input_changed: ${changed.input.name}`
    : observation.printed
      ? 'printed to the terminal'
      : record.refused
  return { result, record, own, looked: looked.map(({ input }) => input), costMs, unsure }
}

/**
 * Runs an original and tells the engine what it used. The outcome is undefined,
 * and refused with a reason, when it can't be stored.
 */
export async function computeOutcome(
  run: Original,
  call: HookCall,
  recorder: Recorder,
): Promise<Outcome | undefined> {
  const { build, subject } = run
  const { result, record, own, looked, costMs, unsure } = await runOriginal(run)
  recorder.took(costMs)
  if (unsure !== undefined) recorder.refuse(unsure)

  if (own) recorder.input(own)
  if (record.incomingMap !== undefined) {
    recorder.input(incomingMap(build, record.incomingMap))
  }
  for (const { question, answer } of record.resolutions) {
    recorder.input({ kind: 'resolve', name: question, value: answer })
  }
  const kept = keptSet(build, subject)
  if (kept !== undefined) recorder.inputs(kept)
  const named = namedInputs(build, subject, call, record)
  for (const input of named) recorder.input(input)

  const outcome = storable(subject, call, result, record)
  if (outcome instanceof NotStorable) {
    recorder.refuse(outcome.reason)
    return undefined
  }
  const { paths } = subject.policy
  // else the root is in the key
  if (!paths || !build.place.isOrdinary) return outcome
  const files = filesOf(build, subject, [...looked, own, ...named])
  const portable = build.relocation.detach(outcome, { call, plain: paths === 'plain', files })
  if (portable !== 'bound') return portable
  recorder.input(build.inputs.root)
  return outcome
}

/** The incoming source map as an input, with the sources as another checkout has them. */
export function incomingMap({ hasher, place }: Build, map: unknown): Input {
  const plain = plainMap(map) as { sources?: readonly unknown[]; file?: unknown } | null | undefined
  const portable = (text: unknown): unknown =>
    typeof text === 'string' ? place.toPortable(text) : text
  const value = hasher.digestOf(
    plain && { ...plain, file: portable(plain.file), sources: plain.sources?.map(portable) },
  )
  return { kind: 'incoming_map', name: '', value }
}

/** Files whose text may be in an outcome: those of the call, and those that the plugin may have kept. */
function* filesOf(
  { inputs }: Build,
  { kept }: Subject,
  own: readonly (Input | undefined)[],
): Generator<string> {
  for (const input of own) if (input) yield* inputs.filesOf(input)
  for (const text of kept.names) {
    const [kind, name] = text.split('\0', 2)
    yield* inputs.filesOf({ kind: kind!, name: name! })
  }
}

/** What `renderChunk` is given and its key leaves out. */
const unkeyed = {
  chunk: among('modules'),
  options: among('dir', 'file', 'plugins'),
  meta: among('chunks'),
}

function among(...names: string[]): (field: string | symbol) => boolean {
  const set = new Set<string | symbol>(names)
  return (field) => set.has(field)
}

/** The arguments as the original sees them. A policy with `chunkFields` knows what its plugin reads. */
function guarded({ subject, hook, args }: Original, record: ContextRecord): unknown[] {
  const [code, chunk, options, meta] = args
  if (hook !== 'renderChunk' || subject.policy.chunkFields) return [...args]
  return [
    code,
    guardFields(chunk, 'chunk', unkeyed.chunk, record),
    guardFields(options, 'options', unkeyed.options, record),
    guardFields(meta, 'meta', unkeyed.meta, record),
  ]
}

interface Look {
  readonly look: Parameters<Build['inputs']['take']>[0]
  readonly path: string
  readonly input: Input
}

/**
 * Adds to what the plugin may have kept. A plugin may have read a file for an
 * earlier module and use it for later ones, so this belongs to all its later
 * calls; noted as it is looked at, for a call that runs beside this one may use
 * it and end first, and one that throws has looked all the same.
 */
function keep({ name, kept }: Subject, input: Input): void {
  const text = inputName(input)
  if (kept.names.has(text)) return
  kept.names.add(text)
  kept.fresh.push(input)
  keepInputs(name, [input])
}

/** Names all that the plugin may have kept by now. */
function keptSet(build: Build, { kept }: Subject): Digest | undefined {
  const fresh = kept.fresh.splice(0)
  if (fresh.length > 0) kept.set = build.cache.inputSet(kept.set, fresh)
  return kept.set
}

/** What the call named by `addWatchFile`, and what the policy knows of natively read files. */
function namedInputs(
  build: Build,
  subject: Subject,
  call: HookCall,
  record: ContextRecord,
): Input[] {
  const watched = record.effects
    .filter((effect) => effect[0] === 'addWatchFile')
    .map((effect) => fileBehind(effect[1]))
    .filter((path) => path !== undefined)
  const more = subject.policy.inputs?.(call, watched, build.place)
  const files = new Set([...watched, ...(more?.files ?? [])])
  return [
    ...[...files].map((path) => build.inputs.take('file', path)),
    ...[...new Set(more?.folders)].map((path) => build.inputs.take('folder', path)),
  ]
}

function storable(
  subject: Subject,
  call: HookCall,
  result: unknown,
  record: ContextRecord,
): Outcome | NotStorable {
  const plain = plainResult(result)
  if (plain instanceof NotStorable) return plain
  const reason = subject.policy.refuseCode?.(codeOf(plain) ?? '', call)
  if (reason !== undefined) return new NotStorable(reason)
  return detachReferences({ result: plain, effects: record.effects }, call.code)
}
