import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openHasher } from '../../src/key/index.ts'
import { createPlace } from '../../src/plugin/place.ts'
import { createInputs, openDigests, type Inputs } from '../../src/trace/index.ts'
import { tempDir } from '../support/temp.ts'

// What is looked for above a workspace is looked for above another checkout of
// it, wherever that is and however deep.

const hasher = await openHasher()

function checkout(dir: string): Inputs {
  fs.mkdirSync(dir, { recursive: true })
  fs.writeFileSync(path.join(dir, 'package.json'), '{"workspaces":[]}')
  const digests = openDigests(path.join(dir, 'digests.json'), hasher.digestText)
  return createInputs({ hasher, digests, ...createPlace(dir) })
}

test('a name that is nowhere above is an input that any checkout may have, until it is somewhere', () => {
  const home = tempDir()
  const first = checkout(path.join(home, 'a'))
  const second = checkout(path.join(home, 'deeper', 'down', 'b'))
  const input = first.take('file', path.join(home, '.tool-rc'))
  expect(input.value).toBe('absent')
  expect(second.openCheck().holds(input)).toBe(true)

  // only above the second
  fs.writeFileSync(path.join(home, 'deeper', '.tool-rc'), '{}')
  expect(second.openCheck().holds(input)).toBe(false)
  expect(first.openCheck().holds(input)).toBe(true)
})

test('one that is there counts by its content, and which files it was is known', () => {
  const home = tempDir()
  const [a, b] = [path.join(home, 'a', 'app'), path.join(home, 'b', 'app')]
  const [first, second] = [checkout(a), checkout(b)]
  fs.writeFileSync(path.join(home, 'a', '.tool-rc'), '{}')
  const input = first.take('file', path.join(home, 'a', '.tool-rc'))
  expect(second.openCheck().holds(input)).toBe(false)
  fs.writeFileSync(path.join(home, 'b', '.tool-rc'), '{}')
  expect(second.openCheck().holds(input)).toBe(true)
  expect(second.filesOf(input)).toContain(path.join(home, 'b', '.tool-rc'))
  fs.writeFileSync(path.join(home, 'b', '.tool-rc'), '{ }')
  expect(second.openCheck().holds(input)).toBe(false)
})

test('the folders on the way are in every checkout; the root itself is the root', () => {
  const home = tempDir()
  const first = checkout(path.join(home, 'a', 'app'))
  const second = checkout(path.join(home, 'b'))
  for (const look of ['exists', 'file', 'realpath'] as const) {
    expect(second.openCheck().holds(first.take(look, path.join(home, 'a')))).toBe(true)
    const root = first.take(look, path.join(home, 'a', 'app'))
    expect(root.name).toBe('<root>/')
    expect(second.openCheck().holds(root)).toBe(true)
  }
})

test('a root, and an environment that names it', () => {
  const home = tempDir()
  const [a, b] = [path.join(home, 'a'), path.join(home, 'b')]
  const [first, second] = [checkout(a), checkout(b)]
  expect(first.openCheck().holds(first.root)).toBe(true)
  expect(second.openCheck().holds(first.root)).toBe(false)

  process.env['REMEMBER_TEST_PLACE'] = `${a}/bin:/bin:${a}`
  const input = first.env('REMEMBER_TEST_PLACE')
  process.env['REMEMBER_TEST_PLACE'] = `${b}/bin:/bin:${b}`
  expect(second.openCheck().holds(input)).toBe(true)
  expect(first.openCheck().holds(input)).toBe(false)
  delete process.env['REMEMBER_TEST_PLACE']
})
