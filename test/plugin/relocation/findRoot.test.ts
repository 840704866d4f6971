import { expect, test } from 'vitest'
import { createFindRoot } from '../../../src/plugin/relocation/findRoot.ts'

const root = '/home/me/my-app'
const exists = (file: string): boolean =>
  [root, `${root}/src/a.ts`, `${root}/src/b c.ts`].includes(file.replace(/\/$/, ''))

test.each([
  ['import "/home/me/my-app/src/a.ts?vue&type=style"', [8]],
  ['/home/me/my-app/src/a.ts', [0]],
  ['/home/me/my-app', [0]],
  ["'/home/me/my-app/src/b c.ts'", [1]],
  ['at /home/me/my-app/src/a.ts:3:4', [3]],
  ['/@fs/home/me/my-app/src/a.ts', [4]],
  ['/home/me/my-app:/home/me/my-app/src/a.ts', [0, 16]],
  ['no path, my-app, /home/me, home me', []],
])('%s is of the root at %j', (text, offsets) => {
  expect(createFindRoot(root, exists)(text)).toEqual(offsets)
})

test.each([
  // not there
  ['/home/me/my-app/src/c.ts'],
  // another path, or one put together with the root
  ['/home/me/my-app2/src/a.ts'],
  ['/x/home/me/my-app/src/a.ts'],
  ['/@id/__x00__/home/me/my-app/src/a.ts'],
  // other forms
  ['file:///home/me/my-app/src/a.ts'],
  ['file:/home/me/my-app/src/a.ts'],
  ['C:\\home\\me\\my-app\\src'],
  ['"\\\\home\\\\me\\\\my-app"'],
  ['/^\\/home\\/me\\/my-app\\/src/'],
  ['/\\/home\\/me\\/my\\x2dapp/'],
  ['?file=%2Fhome%2Fme%2Fmy-app%2Fsrc'],
  ['?file=%252Fhome%252Fme%252Fmy%252Dapp'],
  ['_home_me_my_app_src_a_ts'],
  ['\\u002fhome\\u002fme\\u002fmy-app'],
  ['&#x2F;home&#x2F;me&#x2F;my-app'],
  ['/HOME/me/my-app/src/a.ts'],
  ...[0, 1, 2].map((length) => [
    `url(data:application/json;base64,${Buffer.from(
      `${'x'.repeat(length)}["/home/me/my-app/src/a.ts"]`,
    ).toString('base64')}`,
  ]),
])('%s can not be relocated', (text) => {
  expect(createFindRoot(root, exists)(text)).toBe('bound')
})

test.each([
  ['file:///zweite%20kopie/%C3%A9/a'],
  ['"/zweite kopie/\\xe9/a"'],
  ['"/zweite kopie/\\u00e9/a"'],
  ['"/zweite kopie/\\u00E9/a"'],
  ['<a href="/zweite&#32;kopie/&eacute;/a">'],
])('%s is a form of a root that is not all ASCII', (text) => {
  expect(createFindRoot('/zweite kopie/é', () => true)(text)).toBe('bound')
})

test.each([
  ['"/app/src/a.ts"', [1]],
  // by chance
  ['my-app /application /x/app/users $app', []],
  ['/x/app/src/a.ts', 'bound'],
  ['to="/app/users"', 'bound'],
  ['/^\\/app\\//', 'bound'],
])('of the short root /app, %s is %j', (text, found) => {
  const short = createFindRoot('/app', (file) => file === '/app/src/a.ts')
  expect(short(text)).toEqual(found)
})

test('knows the drives of Windows', () => {
  const find = createFindRoot('C:/work/app', () => true)
  expect(find('"C:/work/app/a.ts"')).toEqual([1])
  expect(find('"C:\\\\work\\\\app\\\\a.ts"')).toBe('bound')
  expect(find('"c:/work/app/a.ts"')).toBe('bound')
})
