import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { createPackages, type Packages } from '../../src/fingerprint/index.ts'
import { repository, tempDir } from '../support/temp.ts'
import { digest } from './digest.ts'
import { writeFiles } from './inChild.ts'

function manifest(name: string, version: string, more: object = {}): string {
  return JSON.stringify({ name, version, ...more })
}

function workspace(files: Readonly<Record<string, string>>): { root: string; packages: Packages } {
  const root = writeFiles(tempDir(), { 'package.json': manifest('app', '0.0.0'), ...files })
  return { root, packages: createPackages({ root, digest }) }
}

function closure(files: Readonly<Record<string, string>>, of = 'a'): readonly string[] {
  const { root, packages } = workspace(files)
  return packages.closure(packages.find(of, root)?.dir ?? '')
}

describe('the closure of a package', () => {
  test('holds all that its code can reach, each from where it stands', () => {
    expect(
      closure({
        'node_modules/a/package.json': manifest('a', '1.0.0', {
          dependencies: { b: '*' },
          optionalDependencies: { c: '*', absent: '*' },
          peerDependencies: { d: '*' },
          devDependencies: { e: '*' },
        }),
        'node_modules/b/package.json': manifest('b', '1.0.0', { dependencies: { c: '*', a: '*' } }),
        'node_modules/b/node_modules/c/package.json': manifest('c', '2.0.0'),
        'node_modules/c/package.json': manifest('c', '1.0.0'),
        'node_modules/d/package.json': manifest('d', '1.0.0'),
        'node_modules/e/package.json': manifest('e', '1.0.0'),
      }),
    ).toEqual(['a@1.0.0', 'b@1.0.0', 'c@1.0.0', 'c@2.0.0', 'd@1.0.0'])
  })

  test('follows the links of pnpm', () => {
    const { root, packages } = workspace({
      'node_modules/.pnpm/a@1.0.0/node_modules/a/package.json': manifest('a', '1.0.0', {
        dependencies: { b: '*' },
      }),
      'node_modules/.pnpm/b@3.0.0/node_modules/b/package.json': manifest('b', '3.0.0'),
    })
    const store = path.join(root, 'node_modules/.pnpm')
    const link = (target: string, at: string): void =>
      fs.symlinkSync(path.join(store, target), path.join(root, at), 'junction')
    link('a@1.0.0/node_modules/a', 'node_modules/a')
    link('b@3.0.0/node_modules/b', 'node_modules/.pnpm/a@1.0.0/node_modules/b')
    expect(packages.closure(path.join(root, 'node_modules/a'))).toEqual(['a@1.0.0', 'b@3.0.0'])
    expect(packages.find('a', root)).toMatchObject({ local: false })
  })

  test('leaves out native binaries that their package pins', () => {
    expect(
      closure({
        'node_modules/a/package.json': manifest('a', '1.0.0', {
          optionalDependencies: { 'a-linux': '1.0.0', 'b-linux': '^1.0.0' },
        }),
        'node_modules/a-linux/package.json': manifest('a-linux', '1.0.0', { os: ['linux'] }),
        'node_modules/b-linux/package.json': manifest('b-linux', '1.0.0', { os: ['linux'] }),
      }),
    ).toEqual(['a@1.0.0', 'b-linux@1.0.0'])
  })

  test.each([
    'patches/@s+a+1.0.0.patch',
    'patches/@s+a+1.0.0+001+fix.patch',
    'patches/b++@s+a+1.0.0.patch',
    'patches/@s__a@1.0.0.patch',
    'patches/@s__a.patch',
    'patches/@s%2Fa@1.0.0.patch',
    '.yarn/patches/@s-a-npm-1.0.0-0123456789.patch',
  ])('tells patched packages by the content of %s', (patch) => {
    const files = { 'node_modules/@s/a/package.json': manifest('@s/a', '1.0.0') }
    const patched = (content: string): string | undefined =>
      closure({ ...files, [patch]: content }, '@s/a')[0]
    expect(patched('one')).toMatch(/^@s\/a@1\.0\.0\+patch:\w+$/)
    expect(patched('one')).toBe(patched('one'))
    expect(patched('one')).not.toBe(patched('two'))
  })

  test('a patch of another version or package is none of its own', () => {
    const files = { 'node_modules/a/package.json': manifest('a', '1.0.0') }
    const others = {
      'patches/a+1.0.1.patch': '',
      'patches/aa+1.0.0.patch': '',
      'patches/a.txt': '',
    }
    expect(closure({ ...files, ...others })).toEqual(['a@1.0.0'])
  })

  test("tells pnpm's patched packages by their folder", () => {
    const dir = 'node_modules/.pnpm/a@1.0.0_patch_hash=abc123/node_modules/a'
    const { root, packages } = workspace({ [`${dir}/package.json`]: manifest('a', '1.0.0') })
    expect(packages.closure(path.join(root, dir))).toEqual(['a@1.0.0+patch:abc123'])
  })

  test('a package from Git, a file or a URL counts by what npm installed', () => {
    const installed = (resolved: string, integrity?: string): string | undefined =>
      closure({
        'node_modules/a/package.json': manifest('a', '1.0.0'),
        'node_modules/.package-lock.json': JSON.stringify({
          packages: { 'node_modules/a': { version: '1.0.0', resolved, integrity } },
        }),
      })[0]
    const git = 'git+ssh://git@example.org/me/a.git#'
    expect(installed(`${git}one`)).toMatch(/^a@1\.0\.0\+from:\w+$/)
    expect(installed(`${git}one`)).not.toBe(installed(`${git}two`))
    expect(installed('file:../a-1.0.0.tgz', 'one')).not.toBe(
      installed('file:../a-1.0.0.tgz', 'two'),
    )
    expect(installed('https://example.org/a/-/a-1.0.0.tgz', 'one')).toBe('a@1.0.0')
  })

  test('the same by pnpm', () => {
    const installed = (folder: string, integrity = ''): string | undefined => {
      const dir = `node_modules/.pnpm/${folder}/node_modules/@s/a`
      const { root, packages } = workspace({
        [`${dir}/package.json`]: manifest('@s/a', '1.0.0'),
        'node_modules/.pnpm/lock.yaml': `packages:
  '@s/a@file:a-1.0.0.tgz':
    resolution: {integrity: ${integrity}, tarball: file:a-1.0.0.tgz}
`,
      })
      return packages.closure(path.join(root, dir))[0]
    }
    const git = '@s+a@https+++codeload.github.com+s+a+tar.gz+'
    expect(installed(`${git}one`)).not.toBe(installed(`${git}two`))
    const file = '@s+a@file+a-1.0.0.tgz'
    expect(installed(file, 'one')).toMatch(/^@s\/a@1\.0\.0\+from:\w+$/)
    expect(installed(file, 'one')).not.toBe(installed(file, 'two'))
    expect(installed('@s+a@1.0.0_b@2.0.0')).toBe('@s/a@1.0.0')
    expect(installed('@s+a@1.0.0')).toBe('@s/a@1.0.0')
  })

  test('a linked package counts by what can be imported from it', () => {
    const linked = (files: Readonly<Record<string, string>>): string | undefined => {
      const { root, packages } = workspace({
        'theme/package.json': manifest('theme', '1.0.0'),
        ...files,
      })
      writeFiles(root, { 'node_modules/.keep': '' })
      fs.symlinkSync(path.join(root, 'theme'), path.join(root, 'node_modules/theme'), 'junction')
      return packages.closure(packages.find('theme', root)?.dir ?? '')[0]
    }
    const one = linked({ 'theme/src/a.ts': '1', 'theme/dist/b.js': '1' })
    expect(one).toMatch(/^theme@1\.0\.0\+local:\w+$/)
    expect(linked({ 'theme/src/a.ts': '1', 'theme/dist/b.js': '1' })).toBe(one)
    expect(linked({ 'theme/src/a.ts': '2', 'theme/dist/b.js': '1' })).not.toBe(one)
    expect(linked({ 'theme/src/a.ts': '1', 'theme/dist/b.js': '2' })).not.toBe(one)
    const more = { 'theme/node_modules/x/y.js': '', 'theme/.git/z.js': '', 'theme/README.md': '' }
    expect(linked({ 'theme/src/a.ts': '1', 'theme/dist/b.js': '1', ...more })).toBe(one)
    const nested = { 'theme/app/package.json': manifest('inner', '1.0.0'), 'theme/app/x.js': '' }
    expect(linked({ 'theme/src/a.ts': '1', 'theme/dist/b.js': '1', ...nested })).toBe(one)
  })

  test('is empty where there is no package', () => {
    const { packages } = workspace({})
    expect(packages.closure('/nowhere/at/all')).toEqual([])
  })
})

test('the owner of a file is the nearest package with a name', () => {
  const { root, packages } = workspace({
    'node_modules/a/package.json': manifest('a', '1.0.0'),
    'node_modules/a/dist/esm/package.json': '{ "type": "module" }',
    'node_modules/a/dist/esm/index.js': '',
    'broken/package.json': '{',
  })
  const file = path.join(root, 'node_modules/a/dist/esm/index.js')
  expect(packages.owner(file)).toMatchObject({ name: 'a', version: '1.0.0', local: false })
  expect(packages.owner(path.join(root, 'broken/x.js'))).toMatchObject({ name: 'app', local: true })
  expect(packages.find('absent', root)).toBeUndefined()
})

test('reads the packages of this repository', () => {
  const packages = createPackages({ root: repository, digest })
  const vue = packages.find('@vitejs/plugin-vue', repository)
  expect(packages.closure(vue?.dir ?? '')).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^@vitejs\/plugin-vue@\d/),
      expect.stringMatching(/^@vue\/compiler-core@\d/),
      expect.stringMatching(/^vite@\d/),
    ]),
  )
})
