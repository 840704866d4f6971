import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { prune } from '../../src/engine/index.ts'
import { calls, machine } from './machine.ts'
import { memoryRemote } from './support.ts'

describe('between machines', () => {
  test('what one built the other reuses', async () => {
    const remote = memoryRemote()
    const first = await machine({ remote }).build(calls('a', 30))
    expect(first.reused).toEqual([])
    expect(first.notes).toMatchObject({ pushedPacks: 1, pushedEntries: 30, scope: ':local' })
    const second = await machine({ remote }).build(calls('a', 30))
    expect(second.reused).toHaveLength(30)
    expect(second.notes).toMatchObject({ pulledPacks: 1, pulledEntries: 30, from: [':local'] })
    expect(second.notes.problem).toBeUndefined()
  })

  test('only what is new travels, and nothing is written when nothing is new', async () => {
    const remote = memoryRemote()
    await machine({ remote }).build(calls('a', 30))
    const second = machine({ remote })
    const more = await second.build({ ...calls('a', 30), ...calls('b', 3) })
    expect(more.notes).toMatchObject({ pushedPacks: 1, pushedEntries: 3 })
    remote.take()
    await second.build({ ...calls('a', 30), ...calls('b', 3) })
    await machine({ remote }).build(calls('b', 3))
    expect(remote.take().filter((each) => !each.startsWith('get'))).toEqual([])
  })

  test('a new machine needs ten requests at most, however often was pushed', async () => {
    const remote = memoryRemote()
    const busy = machine({ remote, env: { REMEMBER_SCOPE: 'main' } })
    for (let at = 0; at < 20; at++) await busy.build(calls(`turn-${at}`, 1 + (at % 5)))
    remote.take()
    const all = Object.assign(
      {},
      ...Array.from({ length: 20 }, (_, at) => calls(`turn-${at}`, 1 + (at % 5))),
    ) as Record<string, string>
    const fresh = await machine({ remote, env: { REMEMBER_SCOPE: 'main' } }).build(all)
    expect(fresh.reused).toHaveLength(Object.keys(all).length)
    const asked = remote.take()
    expect(asked.length).toBeLessThanOrEqual(10)
    expect(fresh.notes.pulledPacks).toBeLessThanOrEqual(4)
  })

  test('reads own scope, base and default branch, and writes its own', async () => {
    const remote = memoryRemote()
    const at = (scope: string) => machine({ remote, env: { REMEMBER_SCOPE: scope } })
    await at('main').build(calls('a', 5))
    const branch = await at('feature').build({ ...calls('a', 5), ...calls('b', 5) })
    expect(branch.reused).toHaveLength(5)
    expect(branch.notes).toMatchObject({ from: ['main'], scope: 'feature', pushedEntries: 5 })
    const main = await at('main').build(calls('b', 5))
    expect(main.reused).toEqual([])
  })

  test('neither a prune nor a compaction makes everything travel again', async () => {
    const remote = memoryRemote()
    const one = machine({ remote })
    await one.build(calls('a', 20))
    await prune({ dir: one.dir, maxAge: 1, now: () => Date.now() + 1000 })
    remote.take()
    const { notes } = await one.build(calls('a', 20))
    expect(notes).toMatchObject({ pulledPacks: 0, pushedPacks: 0 })
    expect(remote.take().filter((each) => each.includes('content'))).toEqual([])
  })

  test('a remote that was wiped is filled again', async () => {
    const remote = memoryRemote()
    const one = machine({ remote })
    await one.build(calls('a', 20))
    remote.values.clear()
    const { notes } = await one.build(calls('a', 20))
    expect(notes).toMatchObject({ pushedPacks: 1, pushedEntries: 20 })
    expect((await machine({ remote }).build(calls('a', 20))).reused).toHaveLength(20)
  })

  test('content that is gone while its manifest is there costs nothing but itself', async () => {
    const remote = memoryRemote()
    await machine({ remote }).build(calls('a', 5))
    for (const name of remote.values.keys()) {
      if (name.startsWith('content')) remote.values.delete(name)
    }
    const { reused, notes } = await machine({ remote }).build(calls('a', 5))
    expect(reused).toEqual([])
    expect(notes).toMatchObject({ pulledPacks: 0, pushedPacks: 1 })
  })
})

describe('at the same time', () => {
  test('machines that write the same scope lose nothing', async () => {
    const remote = memoryRemote(() => Math.random() * 20)
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const built = await Promise.all(
      names.map((name) => machine({ remote, timeout: 60_000 }).build(calls(name, 4))),
    )
    expect(built.map(({ notes }) => notes.problem)).toEqual(names.map(() => undefined))
    const all = Object.assign({}, ...names.map((name) => calls(name, 4))) as Record<string, string>
    const fresh = await machine({ remote, timeout: 60_000 }).build(all)
    expect(fresh.reused).toHaveLength(names.length * 4)
  })

  test('packages of one workspace, each with a session of its own on one store', async () => {
    const remote = memoryRemote(() => Math.random() * 10)
    const workspace = machine({ remote, timeout: 60_000 })
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    await Promise.all(names.map((name) => workspace.build(calls(name, 4))))
    const all = Object.assign({}, ...names.map((name) => calls(name, 4))) as Record<string, string>
    const fresh = await machine({ remote, timeout: 60_000 }).build(all)
    expect(fresh.reused).toHaveLength(names.length * 4)
    expect(readdirSync(path.join(workspace.dir, 'share'))).toHaveLength(1)
  })
})

describe('what does not travel', () => {
  const env = (name: string) => ({ kind: 'env', name, value: 'f0' })
  test.each([
    [
      'what is bound to its checkout',
      { value: 1, inputs: [{ kind: 'root', name: '', value: '/a' }] },
    ],
    ['what saw a secret', { value: 1, inputs: [env('NPM_TOKEN')] }],
    ['what saw the whole environment', { value: 1, inputs: [env('*')] }],
    [
      'what comes after a secret',
      { value: 1, history: [[env('AWS_SECRET_ACCESS_KEY')], [env('B')]] },
    ],
  ])('%s', async (_, call) => {
    const remote = memoryRemote()
    const { notes } = await machine({ remote }).build({ stays: call, goes: 'yes' })
    expect(notes.pushedEntries).toBe(1)
    const there = await machine({ remote }).build({ stays: call, goes: 'yes' })
    expect(there.reused).toEqual(['goes'])
  })

  test('values with a history of inputs do', async () => {
    const remote = memoryRemote()
    const call = {
      value: { a: [1, undefined] },
      history: [[env('A')], [env('B')], [env('NODE_ENV')]],
    }
    await machine({ remote }).build({ one: call, two: call })
    const there = await machine({ remote }).build({ one: { value: 2 }, two: { value: 2 } })
    expect(there.values).toEqual({ one: call.value, two: call.value })
  })
})
