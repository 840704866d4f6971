import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { withExtended } from '../../src/policies/extended.ts'
import { tempDir } from '../support/temp.ts'

function extended(files: Readonly<Record<string, string>>): string[] {
  const dir = tempDir()
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(dir, name)), { recursive: true })
    fs.writeFileSync(path.join(dir, name), text)
  }
  const [, ...extended] = withExtended([path.join(dir, 'tsconfig.json')])
  return extended.filter((file) => file.startsWith(dir)).map((file) => path.relative(dir, file))
}

test('a chain, with and without the ending', () => {
  const files = {
    'tsconfig.json': '{ "extends": "./a", }',
    'a.json': `{ extends: './more/b.json' }`,
    'more/b.json': '{}',
  }
  expect(extended(files)).toEqual(['a.json', 'more/b.json'])
})

test('a list, a folder of a package, and a circle', () => {
  const files = {
    'tsconfig.json': '{ "extends": ["./tsconfig.json", "preset", "@scope/strict/base.json"] }',
    'node_modules/preset/tsconfig.json': '{}',
    'node_modules/@scope/strict/base.json': '{}',
  }
  expect(extended(files)).toEqual([
    'tsconfig.json',
    'node_modules/preset/tsconfig.json',
    'node_modules/@scope/strict/base.json',
  ])
})

test('what a package exports under another name, and its manifest', () => {
  const files = {
    'tsconfig.json': '{ "extends": ["@acme/tsconfig/base", "other/strict", "named"] }',
    'node_modules/@acme/tsconfig/package.json':
      '{ "exports": { "./base": { "require": "./configs/base.json" } } }',
    'node_modules/@acme/tsconfig/configs/base.json': '{ "extends": "./core.json" }',
    'node_modules/@acme/tsconfig/configs/core.json': '{}',
    'node_modules/other/package.json': '{ "exports": { "./*": "./src/*.json" } }',
    'node_modules/other/src/strict.json': '{}',
    'node_modules/named/package.json': '{ "tsconfig": "my.json" }',
    'node_modules/named/my.json': '{}',
  }
  expect(extended(files)).toEqual(
    expect.arrayContaining(Object.keys(files).filter((name) => name !== 'tsconfig.json')),
  )
})

test('of a name that leads nowhere, where the file may appear', () => {
  expect(extended({ 'tsconfig.json': '{ "extends": "./gone" }' })).toEqual([
    'gone',
    'gone.json',
    'gone/tsconfig.json',
  ])
  expect(extended({ 'tsconfig.json': '{}' })).toEqual([])
})
