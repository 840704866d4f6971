import { describe, expect, test } from 'vitest'
import { findCycles, readImports, upwardEdges } from './support/imports.ts'

// docs: the rooms of src/, top first. Files directly in src/ are doors, above all rooms.
const rooms = [
  'cli',
  'report',
  'plugin',
  'policies',
  'fingerprint',
  'trace',
  'share',
  'engine',
  'store',
  'key',
]

const imports = readImports('src')

describe('rooms', () => {
  test('imports never go up', () => {
    expect(upwardEdges(imports, rooms)).toEqual([])
  })

  test('files do not import each other in a circle', () => {
    expect(findCycles(imports)).toEqual([])
  })
})

describe('the checks themselves', () => {
  const edge = (from: string, to: string, typeOnly = false) => ({ from, to, typeOnly })

  test('an upward edge is named, a type import too', () => {
    const edges = [edge('key/a.ts', 'store/b.ts', true), edge('vite.ts', 'key/a.ts')]
    expect(upwardEdges(edges, rooms)).toEqual(['key/a.ts → store/b.ts'])
    expect(upwardEdges([edge('engine/a.ts', 'vite.ts')], rooms)).toEqual(['engine/a.ts → vite.ts'])
  })

  test('a folder that is no room is named', () => {
    expect(upwardEdges([edge('utils/a.ts', 'key/b.ts')], rooms)).toEqual([
      'utils/a.ts: utils is no room',
    ])
  })

  test('a circle is named by its files, unless only types go round', () => {
    const circle = [edge('key/a.ts', 'key/b.ts'), edge('key/b.ts', 'key/c.ts')]
    expect(findCycles([...circle, edge('key/c.ts', 'key/a.ts')])).toEqual([
      'key/a.ts → key/b.ts → key/c.ts → key/a.ts',
    ])
    expect(findCycles([...circle, edge('key/c.ts', 'key/a.ts', true)])).toEqual([])
  })

  test('all forms of import are read', () => {
    const source = `
      import { a } from './a.ts'
      import type { B } from './b.ts'
      export * from './c.ts'
      export type { D } from './d.ts'
      const e = () => import('./e.ts')
      export function f(value: import('./f.ts').F): void {}
      import 'node:fs'
    `
    const found = readImports('src', new Map([['key/x.ts', source]]))
    expect(found).toEqual([
      edge('key/x.ts', 'key/a.ts'),
      edge('key/x.ts', 'key/b.ts', true),
      edge('key/x.ts', 'key/c.ts'),
      edge('key/x.ts', 'key/d.ts', true),
      edge('key/x.ts', 'key/e.ts'),
      edge('key/x.ts', 'key/f.ts', true),
    ])
  })
})
