import { expect, test } from 'vitest'
import { createHookClock } from '../../src/plugin/hookClock.ts'
import { timed } from '../../src/plugin/others.ts'

function setup() {
  let at = 0
  const clock = createHookClock(() => at)
  const spent = () => ({ calls: 0, ms: 0 })
  return { clock, spent, pass: (ms: number) => (at += ms) }
}

test('who has the thread pays for it; a call inside of it pays for itself', () => {
  const { clock, spent, pass } = setup()
  const [outer, inner] = [spent(), spent()]
  const call = (): unknown =>
    timed(clock, outer, () => (pass(3), timed(clock, inner, () => pass(5), undefined, [])), 0, [])
  call()
  pass(100)
  call()
  expect(outer).toEqual({ calls: 2, ms: 6 })
  expect(inner).toEqual({ calls: 2, ms: 10 })
})

test('those that wait share the time in which nobody has the thread', async () => {
  const { clock, spent, pass } = setup()
  const [slow, fast, busy] = [spent(), spent(), spent()]
  let endSlow!: () => void
  let endFast!: () => void
  const slowly = new Promise<void>((resolve) => (endSlow = resolve))
  const fastly = new Promise<void>((resolve) => (endFast = resolve))
  timed(clock, slow, () => (pass(1), slowly), undefined, [])
  pass(10)
  timed(clock, fast, () => (pass(2), fastly), undefined, [])
  pass(10)
  // neither of them works now
  timed(clock, busy, () => pass(1000), undefined, [])
  // nor now: a remembered plugin's call
  const before = clock.enter(undefined)
  pass(1000)
  clock.leave(before)
  endFast()
  await fastly
  pass(7)
  endSlow()
  await slowly
  pass(50)
  expect(busy).toEqual({ calls: 1, ms: 1000 })
  expect(fast).toEqual({ calls: 1, ms: 2 + 5 })
  expect(slow).toEqual({ calls: 1, ms: 1 + 10 + 5 + 7 })
})

test('this, arguments, the answer and what is thrown are the very same', async () => {
  const { clock, spent } = setup()
  const self = {}
  const args = [{}, {}]
  const seen: unknown[] = []
  for (const answer of [{}, null, undefined, Promise.resolve(1), Promise.reject(new Error('no'))]) {
    const original = function (this: unknown, ...given: unknown[]): unknown {
      seen.push(this, ...given)
      return answer
    }
    expect(timed(clock, spent(), original, self, args)).toBe(answer)
    if (answer instanceof Promise) await answer.catch(() => undefined)
  }
  expect(seen.every((each, at) => each === [self, ...args][at % 3])).toBe(true)

  const error = new Error('thrown')
  const cost = spent()
  const thrower = (): never => {
    throw error
  }
  expect(() => timed(clock, cost, thrower, self, args)).toThrow(error)
  expect(cost.calls).toBe(1)
})

test('a promise of a class of its own is not asked', () => {
  const { clock, spent } = setup()
  let asked = 0
  class Lazy extends Promise<unknown> {
    // oxlint-disable-next-line unicorn/no-thenable -- the point of the test
    override then(): never {
      throw new Error(`asked ${++asked} times`)
    }
  }
  const lazy = new Lazy(() => undefined)
  expect(timed(clock, spent(), () => lazy, undefined, [])).toBe(lazy)
  expect(asked).toBe(0)
})
