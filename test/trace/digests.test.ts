import fs from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { beforeEach, expect, test, vi } from 'vitest'
import { openHasher } from '../../src/key/index.ts'
import { readKept, writeKept } from '../../src/trace/index.ts'
import { tempDir } from '../support/temp.ts'

const hasher = await openHasher()
let dir = ''
let store = ''
let file = ''

beforeEach(async () => {
  dir = tempDir()
  store = path.join(dir, 'store')
  file = path.join(dir, 'a.txt')
  fs.mkdirSync(store)
  fs.writeFileSync(file, 'one')
  // a time stamp this young is not trusted
  await setTimeout(150)
})

const digestOf = (text: string): string => hasher.digestBytes(Buffer.from(text))
const saved = (): string => path.join(store, 'digests', 'app.json')

/** What a process that starts now sees, and what it keeps. */
async function look(target = file): Promise<string> {
  vi.resetModules()
  const { openDigests } = await import('../../src/trace/digests.ts')
  const { createFiles } = await import('../../src/trace/files.ts')
  const digests = openDigests(saved(), hasher.digestText)
  const files = createFiles(hasher, (text) => text, digests)
  const seen = files.see(fs.statSync(target).isDirectory() ? 'folder' : 'file', target)
  digests.save()
  return seen
}

/** Makes the kept digests tell themselves from fresh ones. */
function markSaved(): void {
  const text = readKept(saved(), hasher.digestText)!
  const rows = JSON.parse(text) as unknown[]
  const marked = rows.map((cell, i) => (i > 0 && i % 6 === 0 ? `kept ${String(cell)}` : cell))
  writeKept(saved(), JSON.stringify(marked), hasher.digestText)
}

test('a digest is kept for the next process, a folder’s too', async () => {
  expect(await look()).toBe(digestOf('one'))
  markSaved()
  expect(await look()).toBe(`kept ${digestOf('one')}`)
  const listing = await look(dir)
  fs.writeFileSync(path.join(dir, 'b.txt'), '')
  expect(await look(dir)).not.toBe(listing)
  expect(await look()).toBe(`kept ${digestOf('one')}`)
})

test('the packages in a node_modules are its listing, not what builds put there for themselves', async () => {
  const modules = path.join(dir, 'node_modules')
  fs.mkdirSync(path.join(modules, 'vue'), { recursive: true })
  const listing = await look(modules)
  for (const name of ['.vite-temp', '.vite', '.cache']) fs.mkdirSync(path.join(modules, name))
  expect(await look(modules)).toBe(listing)
  fs.mkdirSync(path.join(modules, 'prettier-plugin-own'))
  expect(await look(modules)).not.toBe(listing)
  const source = path.join(dir, 'src')
  fs.mkdirSync(source)
  const sources = await look(source)
  fs.mkdirSync(path.join(source, '.cache'))
  expect(await look(source)).not.toBe(sources)
})

test('is made again when the content changed, even with the old size and time', async () => {
  await look()
  const { atime, mtime } = fs.statSync(file)
  fs.writeFileSync(file, 'two')
  fs.utimesSync(file, atime, mtime)
  expect(await look()).toBe(digestOf('two'))
})

test('is made again for another file under the name', async () => {
  await look()
  markSaved()
  const other = path.join(dir, 'other.txt')
  fs.writeFileSync(other, 'two')
  fs.renameSync(other, file)
  expect(await look()).toBe(digestOf('two'))
})

test('of a file just written is not kept', async () => {
  fs.writeFileSync(file, 'new')
  expect(await look()).toBe(digestOf('new'))
  expect(fs.existsSync(saved())).toBe(false)
})

test.each(['', '{', '[]', '["another format"]', '["remember digests 1","/x",1]', 'null', '7'])(
  'a file that says %j is taken for none, and made anew',
  async (text) => {
    fs.mkdirSync(path.dirname(saved()))
    fs.writeFileSync(saved(), text)
    expect(await look()).toBe(digestOf('one'))
    markSaved()
    expect(await look()).toBe(`kept ${digestOf('one')}`)
  },
)

test('nothing is written where there is no store, or a folder in the place', async () => {
  fs.rmSync(store, { recursive: true })
  expect(await look()).toBe(digestOf('one'))
  expect(fs.existsSync(store)).toBe(false)
  fs.mkdirSync(saved(), { recursive: true })
  expect(await look()).toBe(digestOf('one'))
  expect(fs.readdirSync(path.dirname(saved()))).toEqual(['app.json'])
})
