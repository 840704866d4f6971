import path from 'node:path'
import { expect, test } from 'vitest'
import { anchorsOf, brokenLinks } from './links.ts'
import { markdownFiles, readPage } from './pages.ts'

const pages = markdownFiles()

test.each(pages)('the links of %s lead somewhere', (page) => {
  expect(brokenLinks(page, readPage(page))).toEqual([])
})

test('every page is in the index', () => {
  const index = readPage('docs/README.md')
  const missing = pages
    .filter((page) => path.posix.dirname(page) === 'docs' && page !== 'docs/README.md')
    .filter((page) => !index.includes(`](${path.posix.basename(page)})`))
  expect(missing).toEqual([])
})

test('what leads nowhere is named', () => {
  const text = '## A `b` (c)\n\n[1](#a-b-c) [2](#a) [3](docs/none.md) [4](docs/cli.md#none)\n'
  expect(brokenLinks('README.md', text)).toEqual(['#a', 'docs/none.md', 'docs/cli.md#none'])
})

test('headings that are called the same have anchors of their own', () => {
  expect([...anchorsOf('# One\n## Is it *safe*?\n## One\n')]).toEqual([
    'one',
    'is-it-safe',
    'one-1',
  ])
})
