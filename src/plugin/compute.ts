import type { Input, Recorder } from '../engine/index.ts'
import type { Digest } from '../key/index.ts'
import { createObservation, observe, tornInput, type Observation } from '../trace/index.ts'
import type { Build } from './build.ts'
import { goesByCode } from './given.ts'
import { groupInputs } from './groupInputs.ts'
import type { AnyFunction, HookContext } from './host.ts'
import { hydrate } from './hydrate.ts'
import { codeOf, NotStorable, plainMap, plainResult, type Outcome } from './outcome.ts'
import { fileBehind } from './place.ts'
import { noteLinks } from './links.ts'
import { createCallLooks, keptSet, type CallLooks } from './looks.ts'
import type { HookName } from '../policies/index.ts'
import { isOfProject } from './projects.ts'
import { guardFields, recordContext, type ContextRecord } from './recordingContext.ts'
import { detachReferences } from './references.ts'
import type { HookCall } from './request.ts'
import { noteCost } from './spread.ts'
import { tallyOf, type Moment, type Subject } from './subject.ts'
import { countUnseen } from './tally.ts'
import { detachStyles, type DetachedStyles } from './styles.ts'

/** An original hook, ready to run. */
export interface Original {
  readonly build: Build
  readonly subject: Subject
  readonly hook: HookName
  /** The file behind the module's id; undefined for virtual modules and chunks. */
  file: string | undefined
  /** Stands for the plugin, the hook and the options in the call's key, as soon as that is made. */
  callee: Digest | undefined
  readonly original: AnyFunction
  readonly context: HookContext
  readonly args: readonly unknown[]
  /** Set when it was answered from the store in a dev server. */
  moment: Moment | undefined
  /** Set as soon as the original has ended, one way or the other. */
  ended: { readonly result: unknown } | { readonly thrown: unknown } | undefined
}

interface Ran {
  readonly result: unknown
  readonly record: ContextRecord
  readonly looks: CallLooks
  /** The file behind the id, as it was before the hook ran; undefined where the code stands for it and nobody looked. */
  readonly own: Input | undefined
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
  const looks = createCallLooks(run)
  const byCode = file !== undefined && goesByCode(subject, file, run.hook, idOf(run))
  let own = file === undefined || byCode ? undefined : build.inputs.content(file)
  const observation = createObservation({
    look(look, path) {
      if (path !== file || (look !== 'file' && look !== 'exists')) looks.look(look, path)
      // of its own call alone, and by its content
      else own ??= build.inputs.content(file)
    },
    env: looks.env,
  })
  const { context: recording, record } = recordContext(
    context,
    build.place,
    subject.policy.viteStyles === true,
  )

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
  }).finally(() => looks.end(watchedFiles(record)))
  const costMs = stop()
  const tally = tallyOf(subject, run.hook)
  tally.computedMs = (tally.computedMs ?? 0) + costMs
  noteCost(tally.callCosts, costMs)
  noteLinks(run, record.effects, false)
  for (const what of observation.unseen) countUnseen(tally, what)

  // looks were noted before the hook saw an answer; where another is true now, nobody knows which one it used
  const changed =
    looks.looked.find(({ input, again }) => again().value !== input.value)?.input ??
    (own && build.inputs.content(file!).value !== own.value ? own : undefined)
  const unsure = changed
    ? `input_changed: ${changed.name}`
    : (unseenProcess(subject, observation) ??
      (observation.printed
        ? 'printed to the terminal'
        : observation.network
          ? 'used the network'
          : record.refused))
  return { result, record, looks, own, costMs, unsure }
}

/** What a process looked at is seen by nobody. Of a plugin in the table it is known which helpers of its packages it starts, and what they read. */
function unseenProcess({ policy }: Subject, { started }: Observation): string | undefined {
  if (!started) return undefined
  const { program, isInstalled } = started
  const isKnown = (isInstalled && !policy.isStranger) || policy.processes?.includes(program)
  return isKnown ? undefined : `started a process: ${program}`
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
  const seen = build.witnessOf(subject)?.watch?.(call)
  const { result, record, looks, own, costMs, unsure } = await runOriginal(run)
  recorder.took(costMs)
  // so that a report can tell whether a text is what the call was given
  if (call.code !== undefined) recorder.note(build.hasher.digestText(call.code))
  if (unsure !== undefined) recorder.refuse(unsure)

  if (own) recorder.input(own)
  if (record.incomingMap !== undefined) {
    recorder.input(incomingMap(build, record.incomingMap))
  }
  for (const { question, answer } of record.resolutions) {
    recorder.input({ kind: 'resolve', name: question, value: answer })
  }
  const declined = subject.policy.declinesById && (result === undefined || result === null)
  const kept = declined ? undefined : keptSet(build, subject.kept)
  if (kept !== undefined) recorder.inputs(kept)
  const lookedAt = looks.own()
  const changed = tornInput(subject.name, lookedAt, !declined)
  // made of what was there before, it would be stored for what is there now
  if (changed) recorder.refuse(`input_changed: ${changed.name}`)
  const named = namedInputs(build, subject, declined ? undefined : call, record)
  const grouped = groupInputs(build, subject, run.file, [...lookedAt, ...named])
  for (const input of grouped.own) recorder.input(input)
  if (grouped.set !== undefined) recorder.inputs(grouped.set)

  const detached = storable(run, call, result, record)
  if (detached instanceof NotStorable) {
    recorder.refuse(detached.reason)
    return undefined
  }
  const { outcome } = detached
  for (const input of detached.inputs) recorder.input(input)
  const doubt = seen?.(codeOf(outcome.result) ?? '')
  if (doubt !== undefined) recorder.refuse(doubt)
  const watched = watchedFiles(record)
  const observed = [...lookedAt, ...named, ...detached.inputs]
  if (isOfProject(run, { call, outcome, watched, inputs: observed })) {
    recorder.input(build.inputs.project)
  }
  const { paths } = subject.policy
  // else the root is in the key
  if (!paths || !build.place.isOrdinary) return outcome
  const { inputs } = build
  const portable = build.relocation.detach(outcome, {
    call,
    plain: paths === 'plain',
    files: () => [
      ...[...looks.looked.map(({ input }) => input), ...lookedAt, ...named].flatMap(inputs.filesOf),
      ...(run.file === undefined ? [] : [run.file]),
    ],
    kept: subject.kept.names,
    filesOfKept(text) {
      const [kind, name] = text.split('\0', 2) as [string, string]
      return inputs.filesOf({ kind, name })
    },
  })
  if (portable !== 'bound' && !detached.bound) return portable
  recorder.input(build.inputs.root)
  return outcome
}

function idOf({ hook, args }: Original): string {
  return String(args[hook === 'load' ? 0 : 1])
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

/** What the call named by `addWatchFile`. */
function watchedFiles({ effects }: ContextRecord): string[] {
  return effects
    .filter((effect) => effect[0] === 'addWatchFile')
    .map((effect) => fileBehind(effect[1]))
    .filter((path) => path !== undefined)
}

/** What the call named by `addWatchFile`, and, unless it was declined, what the policy knows of natively read files. */
function namedInputs(
  build: Build,
  subject: Subject,
  call: HookCall | undefined,
  record: ContextRecord,
): Input[] {
  const watched = watchedFiles(record)
  const more =
    call && subject.policy.inputs?.(call, watched, build.place, build.namedPartsOf(subject))
  const files = new Set([...watched, ...(more?.files ?? [])])
  return [
    ...[...files].map((path) => build.inputs.take('file', path)),
    ...[...new Set(more?.folders)].map((path) => build.inputs.take('folder', path)),
  ]
}

function storable(
  { build, subject, args }: Original,
  call: HookCall,
  result: unknown,
  record: ContextRecord,
): DetachedStyles | NotStorable {
  const plain = plainResult(result)
  if (plain instanceof NotStorable) return plain
  const { policy } = subject
  const watched = watchedFiles(record)
  const code = codeOf(plain) ?? ''
  const reason =
    policy.refuseCode?.(code, call, watched) ??
    (build.start.isDev ? policy.refuseCodeInDev?.(code) : undefined)
  if (reason !== undefined) return new NotStorable(reason)
  const { effects } = record
  if (policy.legacyPolyfills) {
    const memory = build.legacyMemoryOf(subject)
    if (!memory) return new NotStorable('polyfills in a memory that was not found')
    const polyfills = memory.read(args)
    if (polyfills) effects.push(polyfills)
  }
  const outcome = { result: plain, effects }
  const styles = policy.viteStyles
    ? detachStyles(build, subject, call, outcome, watched)
    : { outcome, inputs: [], bound: false }
  if (styles instanceof NotStorable) return styles
  const detached = detachReferences(styles.outcome, call.code)
  return detached instanceof NotStorable ? detached : { ...styles, outcome: detached }
}
