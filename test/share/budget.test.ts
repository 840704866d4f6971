import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openBudget, type Budget } from '../../src/share/budget.ts'

const timeout = 2000
/** Bytes in a millisecond that are adequate. */
const adequate = (128 * 1024) / 1000

describe('the budget of waiting', () => {
  let spentAt: number[]
  let budget: Budget

  beforeEach(() => {
    vi.useFakeTimers()
    spentAt = []
    const start = performance.now()
    budget = openBudget({
      timeout,
      now: () => performance.now(),
      onSpent: () => spentAt.push(performance.now() - start),
    })
  })

  afterEach(() => {
    vi.useRealTimers()
  })

  function pass(milliseconds: number, bytesPerMillisecond = 0): void {
    for (let at = 0; at < milliseconds; at += 10) {
      budget.progress(bytesPerMillisecond * 10)
      vi.advanceTimersByTime(10)
    }
  }

  test('a call that hangs uses it up once, at the time', () => {
    budget.begin()
    pass(1990)
    expect(spentAt).toEqual([])
    pass(10_000)
    expect(spentAt).toEqual([timeout])
    budget.end()
    expect(spentAt).toEqual([timeout])
  })

  test('a trickle uses it up as a hang does', () => {
    budget.begin()
    for (let at = 0; at < 10 * timeout; at += 100) {
      budget.progress(1)
      vi.advanceTimersByTime(100)
    }
    expect(spentAt).toHaveLength(1)
    expect(spentAt[0]).toBeLessThanOrEqual(timeout + 50)
  })

  test('a healthy transfer goes on for as long as it takes', () => {
    budget.begin()
    pass(60_000, adequate)
    budget.end()
    expect(spentAt).toEqual([])
    expect(budget.spent()).toBeLessThan(1)
  })

  test('a transfer at half the rate pays half its time', () => {
    budget.begin()
    pass(1000, adequate / 2)
    budget.end()
    expect(budget.spent()).toBeGreaterThan(450)
    expect(budget.spent()).toBeLessThan(550)
  })

  test('bytes do not pay for waiting before them', () => {
    budget.begin()
    pass(1500)
    budget.progress(100 * 1024 * 1024)
    pass(1000)
    expect(spentAt).toHaveLength(1)
  })

  test('it is one for all calls of a build, and calls at once count once', () => {
    for (let call = 0; call < 4; call++) {
      budget.begin()
      budget.begin()
      pass(400)
      budget.end()
      budget.end()
      // nobody waits
      vi.advanceTimersByTime(60_000)
    }
    expect(budget.spent()).toBe(1600)
    expect(spentAt).toEqual([])
    budget.begin()
    pass(400)
    expect(spentAt).toHaveLength(1)
  })

  test('time in which this process was busy is not the fault of the remote', () => {
    budget.begin()
    // no timer fires meanwhile, then one does
    const now = performance.now()
    vi.spyOn(performance, 'now').mockImplementation(() => now + 30_000)
    vi.advanceTimersByTime(50)
    budget.end()
    expect(budget.spent()).toBeLessThanOrEqual(100)
    expect(spentAt).toEqual([])
    vi.restoreAllMocks()
  })

  test('never more than the time that passed, and all of it that brought nothing', () => {
    const step = fc.record({ wait: fc.integer({ min: 0, max: 40 }), bytes: fc.nat(20_000) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const counted = openBudget({
          timeout: 1e9,
          now: () => performance.now(),
          onSpent: () => {},
        })
        counted.begin()
        for (const { wait, bytes } of steps) {
          counted.progress(bytes)
          vi.advanceTimersByTime(wait)
        }
        counted.end()
        const passed = steps.reduce((sum, { wait }) => sum + wait, 0)
        const paid = steps.reduce((sum, { bytes }) => sum + bytes, 0) / adequate
        expect(counted.spent()).toBeLessThanOrEqual(passed + 1e-6)
        expect(counted.spent()).toBeGreaterThanOrEqual(passed - paid - 1e-6)
      }),
    )
  })
})
