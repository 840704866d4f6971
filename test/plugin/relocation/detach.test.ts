import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import fc from 'fast-check'
import MagicString from 'magic-string'
import { expect, test } from 'vitest'
import type { Outcome } from '../../../src/plugin/outcome.ts'
import { attachRoot, rootToken } from '../../../src/plugin/relocation/attach.ts'
import { detachRoot } from '../../../src/plugin/relocation/detach.ts'
import { createFindRoot } from '../../../src/plugin/relocation/findRoot.ts'

function detach(outcome: Outcome, root: string, plain = true): Outcome | 'bound' {
  const findRoot = createFindRoot(root, () => true)
  return detachRoot(outcome, { root, findRoot, plain })
}

/** What a plugin does to a source: it puts texts into it, some of which are paths. */
interface Work {
  readonly source: string
  readonly inserts: readonly (readonly [at: number, text: string, replaces: number])[]
  readonly hires: boolean | 'boundary'
  readonly form: 'object' | 'json' | 'none'
}

/** Runs it in a checkout. `ROOT` stands for where that is. */
function work({ source, inserts, hires, form }: Work, root: string): Outcome {
  const here = (text: string): string => text.replaceAll('ROOT', root)
  const edited = new MagicString(source)
  let last = 0
  for (const [at, text, replaces] of inserts.toSorted((a, b) => a[0] - b[0])) {
    const start = Math.min(at, source.length)
    const end = Math.min(start + replaces, source.length)
    if (start < last) continue
    if (end > start) edited.overwrite(start, end, here(text))
    else edited.appendLeft(start, here(text))
    last = end + 1
  }
  const map = edited.generateMap({
    source: here('ROOT/src/main.ts'),
    file: here('ROOT/src/main.ts.js'),
    includeContent: true,
    hires,
  })
  const { version, file, sources, sourcesContent, names, mappings } = map
  const plain = { version, file, sources, sourcesContent, names, mappings }
  const code = edited.toString()
  return {
    result: {
      code,
      ...(form !== 'none' && { map: form === 'json' ? JSON.stringify(plain) : plain }),
      meta: { lang: { file: here('ROOT/src/main.ts'), css: { code, map: plain } } },
    },
    effects: [
      ['addWatchFile', here('ROOT/src/other.ts')],
      ['warn', { message: here('see ROOT/src/main.ts:1:2'), code: 'X' }, undefined],
    ],
  }
}

const roots = fc.constantFrom('/w', '/work/a', '/home/someone/much/longer/checkout', '/zw eite/é')
const inserted = fc
  .array(
    fc.constantFrom(
      'import "ROOT/src/a.ts?x";',
      '\n',
      'let x = "ROOT/src/b.ts"',
      ' ',
      '/* ROOT */',
      'foo()',
      "'ROOT'",
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((texts) => texts.join(''))
const works: fc.Arbitrary<Work> = fc.record({
  source: fc
    .array(fc.constantFrom('const a = 1', '\n', ' ', 'b(c, "d")', ';', '𝒳é'), { maxLength: 30 })
    .map((texts) => texts.join('')),
  inserts: fc.array(fc.tuple(fc.nat(120), inserted, fc.nat(3)), { maxLength: 5 }),
  hires: fc.constantFrom(true, false, 'boundary' as const),
  form: fc.constantFrom('object' as const, 'json' as const, 'none' as const),
})

test('detached in one checkout and attached in another, it is what that one would have made', () => {
  fc.assert(
    fc.property(works, roots, roots, (made, a, b) => {
      const stored = detach(work(made, a), a)
      // the chance of short roots: a token elsewhere is never asked for
      if (stored === 'bound') return expect(a).toBe('never bound')
      expect(JSON.stringify(stored)).not.toContain(a)
      expect(detach(work(made, b), b)).toEqual(stored)
      const there = attachRoot(stored, b)
      expect(there).toEqual(work(made, b))
      if (made.form !== 'none') expectSamePositions([work(made, a), a], [there, b])
      return undefined
    }),
    { numRuns: 500 },
  )
})

/** Every letter outside of paths comes from where it came from in the first checkout. */
function expectSamePositions(...outcomes: [Outcome, string][]): void {
  const [before, after] = outcomes.map(([{ result }, root]) => {
    const { code, map } = result as { code: string; map: string | object }
    const trace = new TraceMap(map as string)
    const positions: unknown[] = []
    code.split('\n').forEach((text, line) => {
      for (let column = 0; column <= text.length; column++) {
        if (text.startsWith(root, column)) column += root.length
        const {
          line: from,
          column: at,
          source,
        } = originalPositionFor(trace, {
          line: line + 1,
          column,
        })
        positions.push([text[column], from, at, source?.replace(root, '')])
      }
    })
    return positions
  })
  expect(after).toEqual(before)
}

const root = '/work/a'
const path = `${root}/src/a.ts`

test('an outcome that does not speak of the root is stored as it is', () => {
  const outcome: Outcome = {
    result: { code: 'a', map: null },
    effects: [['debug', 'b', undefined]],
  }
  expect(detach(outcome, root)).toBe(outcome)
})

test('a plugin that writes paths in its own way has only whole paths relocated', () => {
  const watches: Outcome = { result: null, effects: [['addWatchFile', path]] }
  expect(detach(watches, root, false)).toEqual({
    result: null,
    effects: [['addWatchFile', `${rootToken}/src/a.ts`]],
    rooted: [['effects', 0, 1]],
  })
  expect(detach({ result: `"${path}"`, effects: [] }, root, false)).toBe('bound')
})

const cyclic: Record<string, unknown> = { path }
cyclic['self'] = cyclic

test.each<[string, unknown]>([
  ['a token already', `"${path}" ${rootToken}`],
  ['the text of a source', { code: '', map: { sourcesContent: [path], mappings: '' } }],
  ['a name', { code: '', map: { names: [path], mappings: '' } }],
  ['a segment inside of it', { code: path, map: { mappings: 'AAAA,EAAC' } }],
  ['segments out of order', { code: `${path};f`, map: { mappings: 'oBAAA,FAAC' } }],
  ['a map of sections', { code: path, map: { sections: [] } }],
  ['an id made of the code', { code: path, map: { mappings: 'AAAA', debugId: 'x' } }],
  ['a map that is no JSON', { code: path, map: 'x' }],
  ['mappings that are no text', { code: path, map: { mappings: [[[0]]] } }],
  ['other ends of lines', { code: `a\u2028"${path}"`, map: { mappings: 'AAAA' } }],
  ['a label', { code: '', meta: { [path]: 1 } }],
  ['bytes', { code: '', meta: { bytes: Buffer.from(path) } }],
  ['a Map', { code: '', meta: new Map([[path, 1]]) }],
  ['an instance', { code: '', meta: Object.assign(Object.create({ a: 1 }), { path }) as object }],
  ['a cycle', { code: '', meta: cyclic }],
])('bound by %s', (_, result) => {
  expect(detach({ result, effects: [] }, root)).toBe('bound')
})

test('bound by the source of an emitted file', () => {
  const file = { type: 'asset', source: `"${path}"` }
  expect(detach({ result: null, effects: [['emitFile', file, 'ref', false]] }, root)).toBe('bound')
})

test('bound when a short root also stands there by chance', () => {
  const find = createFindRoot('/app', (file) => file === '/app/a.ts')
  const outcome: Outcome = { result: '"/app/a.ts" "/application"', effects: [] }
  expect(detachRoot(outcome, { root: '/app', findRoot: find, plain: true })).toBe('bound')
})
