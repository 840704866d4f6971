import type { HookName } from '../policies/index.ts'
import { createHookClock, type HookClock, type Spent } from './hookClock.ts'
import type { AnyFunction } from './host.ts'

/** What the calls of one hook of one plugin cost that are not remembered. */
export interface OtherCalls {
  readonly plugin: string
  readonly hook: HookName
  readonly calls: number
  /** Milliseconds; calls that wait at the same time share the time. */
  readonly ms: number
  /** Why they are not remembered, in words. */
  readonly reason: string
}

/** The hook calls of a build that nobody remembers: each runs as it is, and is timed. */
export interface Others {
  readonly clock: HookClock
  /** Where the calls of a hook are added up. Instances of one name share it. */
  spentOf(plugin: string, hook: HookName, reason: string): Spent
  /** Those that were called, the most costly first. */
  list(): OtherCalls[]
}

/** Records stay small. */
const mostOthers = 200

export function createOthers(now: () => number): Others {
  const all = new Map<string, Omit<OtherCalls, keyof Spent> & Spent>()
  return {
    clock: createHookClock(now),
    spentOf(plugin, hook, reason) {
      const name = `${plugin}\0${hook}\0${reason}`
      let spent = all.get(name)
      if (!spent) all.set(name, (spent = { plugin, hook, calls: 0, ms: 0, reason }))
      return spent
    },
    list: () =>
      [...all.values()]
        .filter(({ calls }) => calls > 0)
        .sort((a, b) => b.ms - a.ms)
        .slice(0, mostOthers)
        .map((each) => ({ ...each, ms: Math.round(each.ms * 1000) / 1000 })),
  }
}

// a promise of a class of its own may do anything when it is asked
const { then } = Promise.prototype

/**
 * Calls an original as its host did: `this`, arguments, the answer itself and what it throws are
 * untouched. Two looks at the clock; two more when the answer is a promise.
 */
export function timed(
  clock: HookClock,
  spent: Spent,
  original: AnyFunction,
  context: unknown,
  args: readonly unknown[],
): unknown {
  spent.calls++
  const before = clock.enter(spent)
  let answer: unknown
  try {
    answer = original.apply(context, args as unknown[])
  } finally {
    clock.leave(before)
  }
  if (isPlainPromise(answer)) {
    const end = clock.wait(spent)
    // hosts handle what they are answered, so this hides no rejection
    void then.call(answer, end, end)
  }
  return answer
}

function isPlainPromise(answer: unknown): answer is Promise<unknown> {
  return answer instanceof Promise && answer.constructor === Promise
}
