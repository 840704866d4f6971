import { expect, test } from 'vitest'
import { relocation } from '../../src/fingerprint/relocate.ts'

const relocate = relocation('/work/my-app.x')

test.each([
  ['/work/my-app.x/src/a.ts', '<root>/src/a.ts'],
  ['/work/my-app.x', '<root>'],
  ['--dir=/work/my-app.x/a:/work/my-app.x/b', '--dir=<root>/a:<root>/b'],
  ['file:///work/my-app.x/a.js', '<root>/a.js'],
  ['/@fs/work/my-app.x/a.js', '/@fs<root>/a.js'],
  [String.raw`^\/work\/my-app\.x\/src`, String.raw`^<root>\/src`],
  [String.raw`\/work\/my\-app\.x\/`, String.raw`<root>\/`],
  [String.raw`/work/my\x2dapp\.x/`, '<root>/'],
  ['/work/my-app.x2/a', '/work/my-app.x2/a'],
  ['/work/my-app.x-old', '/work/my-app.x-old'],
  ['/home/work/my-app.x/a', '/home/work/my-app.x/a'],
  ['/work/my-appsx/a', '/work/my-appsx/a'],
])('%s → %s', (text, expected) => {
  expect(relocate(text)).toBe(expected)
})

test('the root of the disk is no root', () => {
  expect(relocation('/')('/a/b')).toBe('/a/b')
})

test('knows both slashes of Windows', () => {
  const windows = relocation(String.raw`C:\work\app`)
  expect(windows(String.raw`C:\work\app\a`)).toBe(String.raw`<root>\a`)
  expect(windows('C:/work/app/a')).toBe('<root>/a')
  expect(windows(String.raw`"C:\\work\\app\\a"`)).toBe(String.raw`"<root>\\a"`)
})
