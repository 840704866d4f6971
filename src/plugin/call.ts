import type { Recorder, Remembered } from '../engine/index.ts'
import type { HookName } from '../policies/index.ts'
import type { NamedParts } from '../key/index.ts'
import type { Build } from './build.ts'
import { calleeOf } from './callee.ts'
import { computeOutcome, incomingMap, runOriginal, type Original } from './compute.ts'
import { differingPart } from './differ.ts'
import { wasEdited } from './edited.ts'
import { momentOf } from './edits.ts'
import { replayEffects } from './effects.ts'
import type { FreshCheck } from './freshCheck.ts'
import { givenFor, noteGiven } from './given.ts'
import type { AnyFunction, HookContext } from './host.ts'
import { noteAnswered } from './hydrate.ts'
import { noteLinks } from './links.ts'
import { codeOf, NotStorable, type Outcome } from './outcome.ts'
import { fileBehind } from './place.ts'
import { wayTo } from './projects.ts'
import { attachReferences } from './references.ts'
import { resolutionHolds } from './resolutions.ts'
import { hookRequest, readCall, type Besides, type HookCall } from './request.ts'
import { noteCost } from './spread.ts'
import { asksVite, attachStyles } from './styles.ts'
import { tallyOf, type Subject } from './subject.ts'
import {
  countNotStored,
  countReason,
  countRefusal,
  type CallReason,
  type HookTally,
} from './tally.ts'

/**
 * The way of one hook call. Answers what the original would have answered (a
 * hit at once, all else by a promise) and throws only what the original throws:
 * a fault of ours is a line in the record, and the original's own answer stands.
 */
export function callHook(
  build: Build,
  subject: Subject,
  hook: HookName,
  original: AnyFunction,
  context: HookContext,
  args: readonly unknown[],
): unknown {
  const run: Original = {
    build,
    subject,
    hook,
    file: undefined,
    callee: undefined,
    original,
    context,
    args,
    moment: undefined,
    ended: undefined,
  }
  try {
    const answer = reuseOrRun(run)
    return answer instanceof Promise ? answer.catch((error: unknown) => rescue(run, error)) : answer
  } catch (error) {
    return rescue(run, error)
  }
}

/** What the original answered or threw, if it ran; else it runs now, without us. */
function rescue({ build, original, context, args, ended }: Original, error: unknown): unknown {
  if (ended && 'thrown' in ended) throw ended.thrown
  build.noteProblem(error)
  return ended ? ended.result : original.apply(context, [...args])
}

/** Why a call must not be remembered; nothing when it may. */
function refusalOf(build: Build, subject: Subject, call: HookCall): string | undefined {
  return (
    build.refuses(subject) ??
    subject.policy.refuseCall?.(call, build.namedPartsOf(subject)) ??
    build.witnessOf(subject)?.refuses?.(call)
  )
}

/** Key → the one primitive → the original's own answer, or its replay. */
function reuseOrRun(run: Original): unknown {
  const { build, subject, hook, args } = run
  const began = performance.now()
  const tally = tallyOf(subject, hook)
  const call = readCall(hook, args, subject.policy)
  if (call) run.file = fileBehind(call.id)
  if (call && run.file !== undefined) noteGiven(subject, run.file, call)
  const refusal = call ? refusalOf(build, subject, call) : 'called in a way that we do not know'
  if (!call || refusal !== undefined) {
    countRefusal(tally, refusal!)
    return bypass(run, tally, 'refused')
  }
  if (knowsEdit(run)) return bypass(run, tally, 'edited')
  const parts = build.witnessOf(subject)?.parts?.(call)
  if (!parts) return lookUp(run, call, began)
  return parts.then((own) => lookUp(run, call, began, own))
}

/** @param witnessed what joins the key besides the call itself */
function lookUp(run: Original, call: HookCall, began: number, witnessed?: NamedParts): unknown {
  const { build, subject } = run
  const { hook } = call
  const tally = tallyOf(subject, hook)
  const compute = (recorder: Recorder): Promise<Outcome | undefined> => {
    tally.spentMs += performance.now() - began
    return computeOutcome(run, call, recorder)
  }
  const id = build.place.toPortable(call.id)
  const { name } = subject
  const plugin = {
    name,
    fingerprint: build.fingerprintOf(subject),
    root: build.rootOf(subject, call.id),
  }
  const digest = calleeOf(build.hasher, subject, plugin, call)
  run.callee = digest
  build.noteSeen(subject, hook, { digest, options: call.options }, id)
  const besides = besidesOf(run, call, witnessed)
  const request = hookRequest({ name, digest }, call, id, build.userContext(subject), besides)
  const check = checkOfCall(run)
  const remembered = build.cache.rememberNow(request, compute, {
    check,
    differ: (stored, fresh) => differingPart(build.relocation, stored as Outcome, fresh as Outcome),
    onMismatch: (difference) => build.noteDiffering({ plugin: name, hook, id, ...difference }),
  })
  if (remembered instanceof Promise) {
    return remembered.then((found) => answerOf(run, call, tally, check, found))
  }
  const hits = tally.hits
  const answer = answerOf(run, call, tally, check, remembered)
  const spentMs = performance.now() - began
  tally.spentMs += spentMs
  if (tally.hits > hits) noteCost(tally.hitCosts, spentMs)
  return answer
}

function besidesOf(run: Original, call: HookCall, witnessed: NamedParts | undefined): Besides {
  const { build, subject, file } = run
  if (file === undefined) return { witnessed }
  const given = givenFor(build.hasher, subject, file, call)
  return { given, linked: subject.memory.linked.get(file), way: wayTo(run), witnessed }
}

/** True when the plugin may know what the file was before somebody edited it. */
function knowsEdit({ subject, file }: Original): boolean {
  return subject.policy.state === 'file' && file !== undefined && wasEdited(file)
}

function bypass(run: Original, tally: HookTally, reason: CallReason): Promise<unknown> {
  tally.bypassed++
  countReason(tally, reason)
  return runOriginal(run).then(({ result }) => result)
}

function answerOf(
  run: Original,
  call: HookCall,
  tally: HookTally,
  check: FreshCheck,
  remembered: Remembered<Outcome | undefined>,
): unknown {
  const { build, subject } = run
  if (run.ended && 'result' in run.ended) {
    if (remembered.status === 'miss') {
      tally.misses++
      const { hook, id, options } = call
      const { key, why } = remembered
      build.noteMiss({ subject, hook, id, key, callee: run.callee!, options, why })
    } else {
      // reusable, and computed all the same: mode `verify`, or a sample
      tally.hits++
      if (remembered.verified) tally.verified++
    }
    build.await(
      remembered.committed.then((committed) => {
        if (committed.status !== 'not_stored') return
        const { reason } = committed
        countNotStored(tally, reason)
        const id = build.place.toPortable(call.id)
        build.noteUnstored({ plugin: subject.name, hook: call.hook, id, reason })
      }),
    )
    // as it came: what the store keeps is a copy
    return run.ended.result
  }

  // while a question was asked; its plugin has caught up already, without this call
  if (knowsEdit(run)) return bypass(run, tally, 'edited')

  const outcome = build.relocation.attach(remembered.value as Outcome)
  if (!asksVite(outcome)) return replay(run, call, tally, check, remembered, outcome)
  return attachStyles(run, call, outcome).then((result) => {
    if (result instanceof NotStorable) return runAfterAll(run, tally)
    return replay(run, call, tally, check, remembered, { ...outcome, result })
  })
}

/** False when the original has to run. */
function restorePolyfills({ build, subject, args }: Original, { effects }: Outcome): boolean {
  if (subject.policy.legacyPolyfills !== true) return true
  const effect = effects.find((each) => each[0] === 'polyfills')
  return effect === undefined || build.legacyMemoryOf(subject)?.restore(effect, args) === true
}

function runAfterAll(run: Original, tally: HookTally): Promise<unknown> {
  tally.misses++
  countReason(tally, 'not_replayable')
  return runOriginal(run).then(({ result }) => result)
}

function replay(
  run: Original,
  call: HookCall,
  tally: HookTally,
  check: FreshCheck,
  remembered: Remembered<Outcome | undefined>,
  outcome: Outcome,
): unknown {
  const { build, subject, context } = run
  if (!restorePolyfills(run, outcome)) return runAfterAll(run, tally)
  const replayed = build.witnessOf(subject)?.replay?.(codeOf(outcome.result) ?? '') ?? true
  if (!replayed) return runAfterAll(run, tally)
  const answer = attachReferences(outcome.result, replayEffects(outcome.effects, context))
  if (answer instanceof NotStorable) return runAfterAll(run, tally)
  tally.hits++
  if (remembered.status === 'hit') {
    tally.savedMs += remembered.savedMs
    noteCost(tally.callCosts, remembered.savedMs)
  }
  const { file, original, args } = run
  run.moment = momentOf(run, check)
  const { moment } = run
  const { hook, id } = call
  // a virtual module may depend on a file that is edited
  const place = file ?? (moment && id)
  if (place !== undefined) noteAnswered(subject, place, { hook, id, original, args, moment })
  noteLinks(run, outcome.effects, true)
  return answer
}

/** The incoming source map and what `this.resolve` answers are inputs that only the call's own context can tell. */
function checkOfCall({ build, subject, context }: Original): FreshCheck {
  const { check, place, resolutions } = build
  return {
    sets: check.sets,
    own: check.own,
    holds(input) {
      const { kind, name, value } = input
      if (kind === 'resolve') {
        return resolutionHolds(
          resolutions,
          subject,
          { question: name, answer: value },
          context,
          place,
        )
      }
      if (kind !== 'incoming_map') return check.holds(input)
      return incomingMap(build, context.getCombinedSourcemap()).value === value
    },
  }
}
