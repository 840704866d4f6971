import { openCache, type Cache, type Input } from '../../src/engine/index.ts'
import {
  openShare,
  resolveShare,
  type ShareNotes,
  type ShareOptions,
} from '../../src/share/index.ts'
import { tempDir } from '../support/temp.ts'

/** What one call of a build gives, and what it looked at. */
export interface Call {
  readonly value: unknown
  readonly inputs?: readonly Input[]
  readonly history?: readonly (readonly Input[])[]
}

export interface MachineOptions extends ShareOptions {
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

/** A machine with a store of its own, as far as sharing goes. */
export interface Machine {
  readonly dir: string
  /** Builds with these calls, by label. */
  build(calls: Readonly<Record<string, Call | string>>, more?: MachineOptions): Promise<BuiltThere>
}

export interface BuiltThere {
  readonly notes: ShareNotes
  /** Labels of what was reused, and what came of each call. */
  readonly reused: readonly string[]
  readonly values: Readonly<Record<string, unknown>>
}

export function machine(options: MachineOptions, dir: string = tempDir()): Machine {
  return {
    dir,
    async build(calls, more = {}) {
      const { env = {}, now = Date.now, ...given } = { ...options, ...more }
      const share = openShare({
        share: resolveShare(given, env)!,
        dir,
        workspaceRoot: dir,
        env,
        now,
        maxSize: 2 ** 31,
      })
      const mine = share.begin()
      await share.ready()
      const cache = await openCache({ dir, now })
      const reused: string[] = []
      const values: Record<string, unknown> = {}
      for (const [label, call] of Object.entries(calls)) {
        const { status, value } = await remember(cache, label, call)
        if (status === 'hit') reused.push(label)
        values[label] = value
      }
      await cache.flush()
      const notes = await mine.end(await cache.recordNow())
      await cache.close()
      return { notes, reused, values }
    },
  }
}

async function remember(
  cache: Cache,
  label: string,
  call: Call | string,
): Promise<{ status: string; value: unknown }> {
  const { value, inputs = [], history = [] } = typeof call === 'string' ? { value: call } : call
  return await cache.remember(
    { namespace: 'vite-plugin-remember/hook', parts: { label }, label },
    (recorder) => {
      for (const input of inputs) recorder.input(input)
      let set: ReturnType<Cache['inputSet']> | undefined
      for (const added of history) set = cache.inputSet(set, added)
      if (set !== undefined) recorder.inputs(set)
      return value
    },
    { check: { holds: () => true, sets: new Map() } },
  )
}

/** Calls `one-0` … with values of some size. */
export function calls(prefix: string, number: number, size = 200): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: number }, (_, at) => [
      `${prefix}-${at}`,
      `${prefix} ${at} `.repeat(Math.ceil(size / 8)),
    ]),
  )
}
