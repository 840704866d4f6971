import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { isFull } from '../support/some.ts'
import { build, createCalls, project, statsOf, storeOf, type BuildRequest } from './harness.ts'

// Whatever happens to the store, the build goes on as if there were none.

const sources = Object.fromEntries([
  ['main.js', Array.from({ length: 20 }, (_, index) => `import './m${index}.js'`).join('\n')],
  ...Array.from({ length: 20 }, (_, index) => [`m${index}.js`, `console.log(${index})\n`]),
]) as Record<string, string>

function request(root: string, calls = createCalls()): BuildRequest {
  const plugin = {
    name: 'slow',
    transform(code: string, id: string) {
      calls.emit('call', id)
      return { code: `${code}console.log('transformed')\n`, map: null }
    },
  }
  return { host: 'rollup', root, plugins: () => [plugin], remember: { include: ['slow'] } }
}

function files(dir: string): string[] {
  return fs
    .readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
}

type Damage = (file: string) => void

const damages: Record<string, Damage> = {
  'bytes flipped': (file) => {
    const bytes = fs.readFileSync(file)
    for (let at = 7; at < bytes.length; at += 97) bytes[at]! ^= 0x41
    fs.writeFileSync(file, bytes)
  },
  truncated: (file) => fs.truncateSync(file, Math.floor(fs.statSync(file).size / 2)),
  emptied: (file) => fs.truncateSync(file, 0),
  'replaced by a directory': (file) => {
    fs.rmSync(file)
    fs.mkdirSync(file)
  },
  'replaced by text': (file) => fs.writeFileSync(file, 'not a pack'),
}

describe.each(Object.entries(damages))('every file of the store %s', (_name, damage) => {
  test('the build is right, says so, and heals', async () => {
    const root = project(sources)
    const calls = createCalls()
    const plain = await build({ ...request(root), remember: false })
    await build(request(root, calls))
    const first = calls.take().length
    for (const file of files(storeOf(root))) {
      if (!file.endsWith('CACHEDIR.TAG')) damage(file)
    }

    const hurt = await build(request(root, calls))
    expect(hurt.files).toEqual(plain.files)
    expect(calls.take().length).toBe(first)
    expect((await statsOf(root)).problems.join()).not.toBe('')

    const healed = await build(request(root, calls))
    expect(healed.files).toEqual(plain.files)
    expect(calls.take()).toEqual([])
  })
})

test('one flipped byte anywhere never changes the output', async () => {
  const root = project(sources)
  const plain = await build({ ...request(root), remember: false })
  await build(request(root))
  const [pack] = files(path.join(storeOf(root), 'packs'))
  const whole = fs.readFileSync(pack!)
  const step = Math.ceil(whole.length / (isFull ? 400 : 25))
  for (let at = 0; at < whole.length; at += step) {
    fs.rmSync(storeOf(root), { recursive: true })
    await build(request(root))
    const [again] = files(path.join(storeOf(root), 'packs'))
    const bytes = fs.readFileSync(again!)
    bytes[at % bytes.length]! ^= 1
    fs.writeFileSync(again!, bytes)
    expect((await build(request(root))).files, `byte ${at}`).toEqual(plain.files)
  }
})

test('a store that can only be read is read, and left as it is', async () => {
  const root = project(sources)
  const calls = createCalls()
  await build(request(root, calls))
  calls.take()
  const before = files(storeOf(root)).sort()
  await build({ ...request(root, calls), remember: { include: ['slow'], mode: 'readonly' } })
  expect(calls.take()).toEqual([])
  expect(files(storeOf(root)).sort()).toEqual(before)
})

describe('REMEMBER_DIR where nothing can be written', () => {
  const places: Record<string, (root: string) => string> = {
    'a file stands in its place': (root) => path.join(root, 'main.js'),
    'a file stands above it': (root) => path.join(root, 'main.js/below'),
    'a pseudo file system': () => '/proc/remember/v1',
    // writes answer ENOSPC
    'a full device': () => '/dev/full',
  }

  test.each(Object.keys(places))('%s', async (name) => {
    const root = project(sources)
    const plain = await build({ ...request(root), remember: false })
    process.env['REMEMBER_DIR'] = places[name]!(root)
    onTestFinished(() => void delete process.env['REMEMBER_DIR'])
    const built = await build(request(root))
    expect(built.files).toEqual(plain.files)
    // the line at the end says why nothing was stored
    expect(built.logs.map(({ message }) => message).join()).toMatch(
      /hook calls reused .* (?:not stored|store)/,
    )
  })
})

test('a fault inside us leaves the original in charge', async () => {
  const root = project(sources)
  const calls = createCalls()
  const plain = await build({ ...request(root), remember: false })
  const base = request(root, calls)
  // a Proxy can't be read, so nothing of this instance is remembered
  const unreadable = new Proxy({}, {})
  const plugins = () => [
    {
      name: 'slow',
      transform(code: string, id: string) {
        calls.emit('call', id)
        return unreadable ? { code: `${code}console.log('transformed')\n`, map: null } : null
      },
    },
  ]
  for (let round = 0; round < 2; round++) {
    const built = await build({ ...base, plugins })
    expect(built.files).toEqual(plain.files)
    expect(calls.take().length).toBe(21)
  }
})

test('a fault inside us at the end of a build costs its record, and is told', async () => {
  const root = project(sources)
  const calls = createCalls()
  const plain = await build({ ...request(root), remember: false })
  vi.doMock('../../src/plugin/notes.ts', async (original) => ({
    ...(await original<object>()),
    buildNotes() {
      throw new Error('broken')
    },
  }))
  onTestFinished(() => vi.doUnmock('../../src/plugin/notes.ts'))
  const built = await build(request(root, calls))
  expect(built.files).toEqual(plain.files)
  expect(built.logs.map(({ message }) => message).join()).toContain('is not whole: broken')
  expect(calls.take().length).toBe(21)

  vi.doUnmock('../../src/plugin/notes.ts')
  expect((await build(request(root, calls))).files).toEqual(plain.files)
  expect(calls.take()).toEqual([])
})
