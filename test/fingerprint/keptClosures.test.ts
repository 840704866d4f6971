import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createPackages, openClosures } from '../../src/fingerprint/index.ts'
import { openHasher } from '../../src/key/index.ts'
import { readKept, writeKept } from '../../src/trace/index.ts'
import { tempDir } from '../support/temp.ts'
import { digest } from './digest.ts'
import { writeFiles } from './inChild.ts'

const { digestText } = await openHasher()

const manifest = (name: string, version: string, dependencies: object = {}): string =>
  JSON.stringify({ name, version, dependencies })

/** As after an install some time ago. */
function age(dir: string): void {
  const then = new Date(Date.now() - 60_000)
  for (const name of fs.readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
    fs.lutimesSync(path.join(dir, name), then, then)
  }
  fs.utimesSync(dir, then, then)
}

/** A file system sets ctime itself: no test can make it old. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 120))

function workspace(): string {
  const root = writeFiles(tempDir(), {
    'package.json': manifest('app', '0.0.0'),
    'node_modules/a/package.json': manifest('a', '1.0.0', { b: '*', gone: '*' }),
    'node_modules/a/dist/index.js': '',
    'node_modules/b/package.json': manifest('b', '1.0.0', { '@s/c': '*', '@s/d': '*' }),
    'node_modules/@s/c/package.json': manifest('@s/c', '1.0.0'),
    'node_modules/b/node_modules/@s/x/package.json': manifest('@s/x', '1.0.0'),
    'patches/deep/b+1.0.0.patch': 'one',
    'patches/empty/.keep': '',
  })
  fs.symlinkSync(path.join(root, 'later'), path.join(root, 'node_modules/gone'), 'junction')
  age(root)
  return root
}

/** One process: what it finds, as it may have been kept, and as it is. */
function look(root: string, kept: string): { known: readonly string[]; fresh: readonly string[] } {
  const closures = openClosures(kept, digestText)
  const file = path.join(root, 'node_modules/a/dist/index.js')
  const known = createPackages({ root, digest, kept: closures }).closure(file)
  closures.save()
  return { known, fresh: createPackages({ root, digest }).closure(file) }
}

function lieTo(kept: string): void {
  const text = readKept(kept, digestText)!
  writeKept(kept, text.replaceAll('b@1.0.0', 'lie@1.0.0'), digestText)
}

test('what was found is known to the next process, while nothing changes', async () => {
  const root = workspace()
  const kept = path.join(tempDir(), 'closures.json')
  await settled()
  const first = look(root, kept)
  expect(first.known).toEqual(first.fresh)
  expect(first.known).toContainEqual(expect.stringMatching(/^b@1\.0\.0\+patch:/))
  // shows that the second one does not look itself
  lieTo(kept)
  expect(look(root, kept).known).toContainEqual(expect.stringMatching(/^lie@1\.0\.0\+patch:/))
})

const changes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'another version': { 'node_modules/b/package.json': manifest('b', '1.0.1', { '@s/c': '*' }) },
  'one dependency less': { 'node_modules/b/package.json': manifest('b', '1.0.0') },
  'a nearer package': { 'node_modules/a/node_modules/b/package.json': manifest('b', '2.0.0') },
  'a nearer package of a scope': {
    'node_modules/b/node_modules/@s/c/package.json': manifest('@s/c', '2.0.0'),
  },
  'a package that was missing': { 'node_modules/@s/d/package.json': manifest('@s/d', '1.0.0') },
  'a link that leads somewhere now': { 'later/package.json': manifest('gone', '1.0.0') },
  'a package inside of one': { 'node_modules/a/dist/package.json': manifest('inner', '1.0.0') },
  'a patch': { 'patches/deep/b+1.0.0.patch': 'two' },
  'one more patch': { 'patches/empty/a+1.0.0.patch': 'new' },
}

test.each(Object.entries(changes))('%s', async (_, files) => {
  const root = workspace()
  const kept = path.join(tempDir(), 'closures.json')
  await settled()
  const before = look(root, kept)
  lieTo(kept)
  writeFiles(root, files)
  const after = look(root, kept)
  expect(after.fresh).not.toEqual(before.fresh)
  expect(after.known).toEqual(after.fresh)
})

test('what has just been written may be written again without another time: nothing is kept', () => {
  const root = workspace()
  const kept = path.join(tempDir(), 'closures.json')
  fs.writeFileSync(path.join(root, 'node_modules/b/package.json'), manifest('b', '1.0.2'))
  look(root, kept)
  expect(fs.existsSync(kept)).toBe(false)
})

test('local packages stand by their files, and are looked at each time', async () => {
  const root = writeFiles(tempDir(), {
    'package.json': manifest('app', '0.0.0'),
    'node_modules/a/package.json': manifest('a', '1.0.0', { theme: '*' }),
    'node_modules/a/dist/index.js': '',
    'theme/package.json': manifest('theme', '1.0.0'),
    'theme/index.js': '1',
  })
  fs.symlinkSync(path.join(root, 'theme'), path.join(root, 'node_modules/theme'), 'junction')
  const kept = path.join(tempDir(), 'closures.json')
  await settled()
  const before = look(root, kept).known
  fs.writeFileSync(path.join(root, 'theme/index.js'), '2')
  const { known, fresh } = look(root, kept)
  expect(known).not.toEqual(before)
  expect(known).toEqual(fresh)
})

test('a damaged file is none', async () => {
  const root = workspace()
  const kept = path.join(tempDir(), 'closures.json')
  await settled()
  look(root, kept)
  const text = fs.readFileSync(kept, 'utf8')
  const damages = ['', '[]', text.slice(0, -9), text.slice(9), text.replace('b@1.0.0', 'b@9.0.0')]
  for (const damaged of damages) {
    fs.writeFileSync(kept, damaged)
    const { known, fresh } = look(root, kept)
    expect(known).toEqual(fresh)
  }
})
