import fs from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createPlace } from '../../src/plugin/place.ts'
import { tempDir } from '../support/temp.ts'

function workspace(...segments: string[]): string {
  const dir = path.join(tempDir(), ...segments)
  fs.mkdirSync(dir, { recursive: true })
  fs.writeFileSync(path.join(dir, 'package.json'), '{"workspaces":[]}')
  return dir
}

function goTo(dir: string): void {
  const before = process.cwd()
  process.chdir(dir)
  onTestFinished(() => process.chdir(before))
}

test.each([
  ['checkout', true],
  ['zweite Kopie mit é', true],
  ['job@2+x', true],
  ['a(b)', false],
  ['a[b]', false],
  ['a*b', false],
  ["it's", false],
  ['100%', false],
  ['a#b', false],
  ['a$b', false],
  ['a\\b', false],
  ['e\u0301', false],
  ['node_modules', false],
])('a checkout in a folder named %s is an ordinary place: %s', (name, ordinary) => {
  const dir = workspace(name)
  goTo(dir)
  expect(createPlace(dir).isOrdinary).toBe(ordinary)
})

test('one that is reached through a link is not', () => {
  const dir = workspace('a')
  goTo(dir)
  const link = path.join(path.dirname(dir), 'link')
  fs.symlinkSync(dir, link, 'junction')
  expect(createPlace(link).isOrdinary).toBe(false)
})

test('one that is built from outside is not', () => {
  const dir = workspace('a')
  goTo(path.dirname(dir))
  expect(createPlace(dir).isOrdinary).toBe(false)
})

test('ids and the root itself have a form that is the same in every checkout', () => {
  const { toPortable, fromPortable, workspaceRoot } = createPlace(workspace('a'))
  expect(toPortable(`\0${workspaceRoot}/src/a.ts?x`)).toBe('\0<root>/src/a.ts?x')
  expect(fromPortable('<root>/src/a.ts')).toBe(`${workspaceRoot}/src/a.ts`)
  expect(toPortable(workspaceRoot)).toBe('<root>/')
  expect(toPortable(`${workspaceRoot}2`)).toBe(`${workspaceRoot}2`)
})
