import type { InputCheck, Recorder } from '../engine/index.ts'
import type { HookName } from '../policies/index.ts'
import type { Build } from './build.ts'
import { computeOutcome, runOriginal, type Original } from './compute.ts'
import { replayEffects } from './effects.ts'
import type { AnyFunction, HookContext } from './host.ts'
import { noteAnswered } from './hydrate.ts'
import { NotStorable, plainMap, type Outcome } from './outcome.ts'
import { fileBehind } from './place.ts'
import { attachReferences } from './references.ts'
import { hookRequest, readCall, type HookCall } from './request.ts'
import { tallyOf, type Subject } from './subject.ts'
import { countNotStored, countReason, type HookTally } from './tally.ts'

/**
 * The way of one hook call. Answers what the original would have answered and
 * throws only what the original throws: a fault of ours is a line in the record,
 * and the original's own answer stands.
 */
export async function callHook(
  build: Build,
  subject: Subject,
  hook: HookName,
  original: AnyFunction,
  context: HookContext,
  args: readonly unknown[],
): Promise<unknown> {
  const run: Original = {
    build,
    subject,
    hook,
    file: undefined,
    original,
    context,
    args,
    ended: undefined,
  }
  try {
    const tally = tallyOf(subject, hook)
    const call = readCall(hook, args, subject.policy)
    if (call) run.file = fileBehind(call.id)
    if (!call || build.refuses(subject) || subject.policy.refuseCall?.(call) !== undefined) {
      tally.bypassed++
      countReason(tally, 'refused')
      return (await runOriginal(run)).result
    }
    return await reuseOrRun(run, call, tally)
  } catch (error) {
    if (run.ended && 'thrown' in run.ended) throw run.ended.thrown
    build.noteProblem(error)
    return run.ended ? run.ended.result : original.apply(context, [...args])
  }
}

/** Key → `cache.remember` → the original's own answer, or its replay. */
async function reuseOrRun(run: Original, call: HookCall, tally: HookTally): Promise<unknown> {
  const { build, subject, context } = run
  const began = performance.now()
  let outcomeIsOurs = false
  const compute = async (recorder: Recorder): Promise<Outcome | undefined> => {
    outcomeIsOurs = true
    tally.spentMs += performance.now() - began
    return computeOutcome(run, call, recorder)
  }

  build.noteSeen(subject, call.hook, call.id)
  const request = hookRequest(
    { name: subject.name, fingerprint: build.fingerprintOf(subject) },
    call,
    build.place,
    build.userContext(subject),
  )
  const remembering = build.cache.remember(request, compute, {
    check: checkWithMap(build, context),
  })
  // a hit is found before the first await: what follows it is other people's time
  if (!outcomeIsOurs) tally.spentMs += performance.now() - began
  const remembered = await remembering

  if (run.ended && 'result' in run.ended) {
    if (remembered.status === 'miss') {
      tally.misses++
      build.noteMiss({ subject, hook: call.hook, id: call.id, why: remembered.why })
    } else {
      // mode `verify`: reusable, and computed all the same
      tally.hits++
    }
    build.await(
      remembered.committed.then((committed) => {
        if (committed.status === 'not_stored') countNotStored(tally, committed.reason)
      }),
    )
    // as it came: what the store keeps is a copy
    return run.ended.result
  }

  const replayBegan = performance.now()
  const outcome = remembered.value as Outcome
  const answer = attachReferences(outcome.result, replayEffects(outcome.effects, context))
  if (answer instanceof NotStorable) {
    tally.misses++
    countReason(tally, 'not_replayable')
    return (await runOriginal(run)).result
  }
  tally.hits++
  if (remembered.status === 'hit') tally.savedMs += remembered.savedMs
  noteAnswered(run)
  tally.spentMs += performance.now() - replayBegan
  return answer
}

/** The incoming source map is an input that only the call's own context can tell. */
function checkWithMap(build: Build, context: HookContext): InputCheck {
  const { check, hasher } = build
  return {
    sets: check.sets,
    holds(input) {
      if (input.kind !== 'incoming_map') return check.holds(input)
      return hasher.digestOf(plainMap(context.getCombinedSourcemap())) === input.value
    },
  }
}
