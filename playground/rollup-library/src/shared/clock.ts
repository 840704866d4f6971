import type { Clock } from './types'

export const systemClock: Clock = { now: () => Date.now() }

export class ManualClock implements Clock {
  #now: number

  constructor(start = 0) {
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  advance(milliseconds: number): this {
    this.#now += milliseconds
    return this
  }
}
