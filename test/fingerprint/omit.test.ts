import { expect, test } from 'vitest'
import { diffParts, omitParts } from '../../src/fingerprint/index.ts'

const tree = (stamp: unknown): Record<string, unknown> => ({
  options: { stamp, list: [{ at: stamp }], kept: 1 },
  plugin: { transform: { $function: 'f', $captured: { made: { $date: stamp } } } },
  'odd name': stamp,
  other: { $same: 'options.list' },
})

test.each([['options.stamp'], ['options.list[0].at'], ['plugin.transform.made'], ['["odd name"]']])(
  'a part goes by the path that a difference has: %s',
  (path) => {
    const [before, after] = [tree(1), tree(2)]
    expect(diffParts(before, after).map((each) => each.path)).toContain(path)
    const left = diffParts(omitParts(before, [path]), omitParts(after, [path]))
    expect(left.map((each) => each.path)).not.toContain(path)
    expect(left.length).toBe(diffParts(before, after).length - 1)
  },
)

test('other parts still count, and a part that is not there changes nothing', () => {
  const changed = { ...tree(1), options: { stamp: 1, list: [{ at: 1 }], kept: 2 } }
  expect(omitParts(changed, ['options.stamp'])).not.toEqual(omitParts(tree(1), ['options.stamp']))
  expect(omitParts(tree(1), ['options.stmp'])).toEqual(tree(1))
})

test('what others refer to stays: it stands for them too', () => {
  expect(omitParts(tree(1), ['options.list'])).toEqual(tree(1))
  expect(omitParts(tree(1), ['options'])).toEqual(tree(1))
})

test('a part that is gone is not one that is absent', () => {
  expect(omitParts({ a: { b: 1 } }, ['a.b'])).not.toEqual({ a: {} })
})

test('parts that are left out may refer to each other', () => {
  const both = (stamp: number): Record<string, unknown> => ({
    one: { at: stamp, kind: {} },
    two: { at: stamp, kind: { $same: 'one.kind' } },
  })
  expect(omitParts(both(1), ['one', 'two'])).toEqual(omitParts(both(2), ['one', 'two']))
  expect(omitParts(both(1), ['one'])).toEqual(both(1))
  const third = { three: { $same: 'two.kind' } }
  expect(omitParts({ ...both(1), ...third }, ['one', 'two'])).toEqual({ ...both(1), ...third })
})
