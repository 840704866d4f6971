import { expect, test } from 'vitest'
import { rootShower } from '../../../src/plugin/relocation/rootShower.ts'

const root = '/home/me/test/app'
const id = `${root}/src/App.vue`

test.each([
  ['/\\.vue$/', false],
  ['/\\/test\\//', true],
  // across the end of the root
  ['/app\\/src/', true],
  // a glob of the workspace, as picomatch makes one
  ['/^<root>\\/src\\/[^/]*?\\.vue$/', false],
  ['/^(?:|.*\\/)test\\/.*\\.vue$/', true],
  // where the id has the same answer by itself, the root does not matter
  ['/^\\/|App/g', false],
  ['/(/', false],
])('the root shows through %s: %s', (pattern, shows) => {
  const parts = { options: { include: [{ $regexp: pattern }] } }
  expect(rootShower(parts, root)(id)).toBe(shows)
})

test.each([
  ['**/test/**', true],
  // `sources` of React's compiler are looked for in the path
  ['test/', true],
  ['me/', true],
  ['src/', false],
  // below the root, as globs that are no plain text are resolved
  ['<root>/src/**', false],
  ['*.vue', false],
])('the root shows through the text %s: %s', (text, shows) => {
  for (const label of ['include', 'sources']) {
    expect(rootShower({ options: { [label]: [text] } }, root)(id)).toBe(shows)
  }
  expect(rootShower({ options: { mode: text } }, root)(id)).toBe(false)
})

test('what code is matched with', () => {
  const parts = { filter: { code: { include: { $regexp: '/test/' } } } }
  expect(rootShower(parts, root)(id)).toBe(false)
})

test('ids outside of the root, and plugins without patterns', () => {
  expect(rootShower({ a: { $regexp: '/x/' } }, root)('/x/App.vue')).toBe(false)
  expect(rootShower({ a: 1 }, root)(id)).toBe(false)
})
