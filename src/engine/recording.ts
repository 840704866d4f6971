import type { Digest } from '../key/index.ts'
import type { Input, Recorder } from './types.ts'

export type Compute<T> = (recorder: Recorder) => T | Promise<T>

/** A computed value and what its computation told. */
export interface Computed<T> {
  readonly value: T
  readonly computeMs: number
  readonly inputs: readonly Input[]
  readonly sets: readonly Digest[]
  /** Why it must not be stored. */
  readonly refused: string | undefined
  readonly note: string
}

/** Runs a computation under a recorder. What it tells after it has ended is not heard. */
export async function record<T>(compute: Compute<T>): Promise<Computed<T>> {
  const inputs: Input[] = []
  const sets: Digest[] = []
  let refused: string | undefined
  let took: number | undefined
  let note = ''
  const started = performance.now()
  const value = await compute({
    input({ kind, name, value: seen }) {
      inputs.push({ kind, name, value: seen })
    },
    inputs(set) {
      sets.push(set)
    },
    refuse(reason) {
      refused ??= reason
    },
    took(ms) {
      took = ms
    },
    note(text) {
      note = text
    },
  })
  // whole microseconds: more digits say nothing, and are in each entry
  const computeMs = Math.ceil((took ?? performance.now() - started) * 1000) / 1000
  return { value, computeMs, inputs: inputs.slice(), sets: sets.slice(), refused, note }
}
