import path from 'node:path'
import { expect, test } from 'vitest'
import { resolveOptions } from '../../src/plugin/options.ts'
import { repository } from '../support/temp.ts'
import { describeInterface, sectionOf, withOptions } from './optionsPage.ts'
import { readPage } from './pages.ts'

const page = 'docs/options.md'
const plugin = readPage('src/plugin/options.ts')
const options = describeInterface(plugin, 'Options')

// `npm run options` writes it again
test('docs/options.md is what the types say', async () => {
  const sections = {
    'remember()': sectionOf(options),
    'remembered()': sectionOf(
      describeInterface(readPage('src/plugin/remembered.ts'), 'RememberedOptions'),
    ),
    'openCache()': sectionOf(
      describeInterface(readPage('src/engine/types.ts'), 'OpenCacheOptions'),
    ),
  }
  const written = withOptions(readPage(page), sections)
  await expect(written).toMatchFileSnapshot(path.join(repository, page))
})

test('every option is described, and says its default', () => {
  expect(options.map(({ name }) => name).sort()).toEqual(Object.keys(resolveOptions({}, {})).sort())
  expect(options.filter(({ default: standard }) => standard === '')).toEqual([])
})

test('a member without a comment is no option of ours', () => {
  const source = 'export interface A {\n  /** One. @default 1 */\n  a?: number\n\n  b: string\n}\n'
  expect(() => describeInterface(source, 'A')).toThrow('A.b has no comment')
})
