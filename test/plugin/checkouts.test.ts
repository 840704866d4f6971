import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import MagicString from 'magic-string'
import { describe, expect, test } from 'vitest'
import { remembered } from '../../src/vite.ts'
import { build, createCalls, hosts, project, write, type Calls, type Host } from './harness.ts'
import { some } from '../support/some.ts'

// Two checkouts of one project share a store: what a plugin that depends on
// where it runs makes in the first must never come out of the second.

const source = `export const a = 1\nconsole.log('main', a)\n`

/** Checkouts at paths of different length, and a store for both. */
function checkouts(files: (root: string) => Readonly<Record<string, string>>): {
  readonly roots: readonly [string, string]
  readonly store: string
} {
  const home = project({})
  const roots = [path.join(home, 'one'), path.join(home, 'zwei', 'mit Leerzeichen', 'é')] as const
  for (const root of roots) {
    for (const [name, text] of Object.entries({ 'package.json': '{}', ...files(root) })) {
      write(root, name, text)
    }
  }
  return { roots, store: path.join(home, 'store') }
}

type Transform = (code: string, id: string) => unknown

/** Counts its calls for main.js. `options` are what its hooks can see. */
function plugin(calls: Calls, transform: Transform): Record<string, unknown> {
  return {
    name: 'placed',
    transform(code: string, id: string) {
      if (!id.endsWith('main.js')) return null
      calls.emit('call', path.basename(id))
      return transform(code, id)
    },
  }
}

/** Builds the first checkout, then the second, and answers how often the plugin ran there. */
async function second(
  host: Host,
  { roots: [first, other], store }: ReturnType<typeof checkouts>,
  calls: Calls,
  plugins: (root: string) => unknown[],
): Promise<{ readonly ran: number; readonly files: Readonly<Record<string, string>> }> {
  const request = { host, sourcemap: true }
  const remember = { dir: store, include: ['placed'] }
  await build({ ...request, root: first, plugins: () => plugins(first), remember })
  calls.take()
  const here = { ...request, root: other, plugins: () => plugins(other) }
  const built = await build({ ...here, remember })
  const ran = calls.take().length
  const plain = await build({ ...here, remember: false })
  expect(built.files).toEqual(plain.files)
  return { ran, files: built.files }
}

/** Puts the file's path into its code, and maps the rest. */
const said: Transform = (code, id) => {
  const edited = new MagicString(code)
  edited.replace('console', `console.log(${JSON.stringify(id)}), console`)
  const { version, sources, names, mappings } = edited.generateMap({ hires: true, source: id })
  return { code: edited.toString(), map: { version, sources, names, mappings } }
}

const hashed: Transform = (code, id) =>
  `${code}console.log('${createHash('sha1').update(id).digest('hex')}')\n`

describe.each(some(2, hosts))('%s', (host) => {
  test('a plugin of which nobody knows better is asked again', async () => {
    const calls = createCalls()
    const places = checkouts(() => ({ 'main.js': source }))
    expect(await second(host, places, calls, () => [plugin(calls, hashed)])).toMatchObject({
      ran: 1,
    })
  })

  test('of one that writes paths plainly, results are moved, maps too', async () => {
    const calls = createCalls()
    const places = checkouts(() => ({ 'main.js': source }))
    const { ran, files } = await second(host, places, calls, () => [
      remembered(plugin(calls, said), { paths: 'plain' }),
    ])
    expect(ran).toBe(0)
    const name = Object.keys(files).find((each) => each.endsWith('.js'))!
    const code = Buffer.from(files[name]!, 'latin1').toString()
    const map = Buffer.from(files[`${name}.map`]!, 'latin1').toString()
    const lines = code.split('\n')
    const line = lines.findIndex((each) => each.includes('"main"') || each.includes("'main'"))
    const column = lines[line]!.search(/["']main["']/)
    const trace = new TraceMap(map)
    expect(originalPositionFor(trace, { line: line + 1, column })).toMatchObject({
      line: 2,
      column: 12,
    })
  })

  test('of one whose paths can be seen, those with none are shared, others are not', async () => {
    const calls = createCalls()
    const places = checkouts(() => ({ 'main.js': source }))
    const visible = (transform: Transform) => () => [
      remembered(plugin(calls, transform), { paths: 'visible' }),
    ]
    expect((await second(host, places, calls, visible(said))).ran).toBe(1)
    const plain: Transform = (code) => code.replace('main', 'MAIN')
    expect((await second(host, places, calls, visible(plain))).ran).toBe(0)
  })

  // with no map: a source that is mapped letter by letter has positions inside of the path
  const unmapped: Transform = (code, id) => ({
    code: `${code}console.log(${JSON.stringify(id)})\n`,
    map: null,
  })

  test('a path that the code names when it comes stays', async () => {
    const calls = createCalls()
    const places = checkouts(() => ({ 'main.js': source }))
    const elsewhere = `${places.roots[0]}/main.js`
    const { ran } = await second(host, places, calls, () => [
      {
        name: 'before',
        transform: (code: string, id: string) =>
          id.endsWith('main.js') ? `${code}console.log(${JSON.stringify(elsewhere)})\n` : null,
      },
      remembered(plugin(calls, unmapped), { paths: 'plain' }),
    ])
    expect(ran).toBe(1)
  })

  test('a path that a file it reads names stays', async () => {
    const calls = createCalls()
    let elsewhere = ''
    const places = checkouts((root) => {
      elsewhere ||= `${root}/main.js`
      return { 'main.js': source, 'names.txt': elsewhere }
    })
    const { ran } = await second(host, places, calls, () => [
      remembered(
        plugin(calls, (code, id) => {
          const text = fs.readFileSync(path.join(path.dirname(id), 'names.txt'), 'utf8')
          return { code: `${code}console.log(${JSON.stringify(text)})\n`, map: null }
        }),
        { paths: 'plain' },
      ),
    ])
    expect(ran).toBe(1)
  })

  test('a RegExp that the path of the checkout answers', async () => {
    const calls = createCalls()
    const places = checkouts(() => ({ 'main.js': source }))
    const make = (exclude: RegExp) => () => {
      const transform: Transform = (code, id) =>
        exclude.test(id) ? null : code.replace('main', 'MAIN')
      return [remembered(plugin(calls, transform), { paths: 'plain' })]
    }
    expect((await second(host, places, calls, make(/zwei/))).ran).toBe(1)
    expect((await second(host, places, calls, make(/[\\/]vendor[\\/]/))).ran).toBe(0)
  })

  test('a path into packages, which may be linked elsewhere', async () => {
    const calls = createCalls()
    const places = checkouts(() => ({ 'main.js': source, 'node_modules/thing/index.js': '' }))
    const [first, other] = places.roots
    fs.rmSync(path.join(other, 'node_modules'), { recursive: true })
    fs.symlinkSync(path.join(first, 'node_modules'), path.join(other, 'node_modules'), 'junction')
    const { ran } = await second(host, places, calls, (root) => {
      // as a native resolver would find it, whose looks are not seen
      const real = fs.realpathSync(path.join(root, 'node_modules/thing/index.js'))
      Reflect.set(globalThis, 'rememberTestThing', real)
      const transform: Transform = (code) => {
        const found = JSON.stringify(Reflect.get(globalThis, 'rememberTestThing'))
        return { code: `${code}console.log(${found})\n`, map: null }
      }
      return [remembered(plugin(calls, transform), { paths: 'plain' })]
    })
    expect(ran).toBe(1)
  })

  test('a path relative to what is outside', async () => {
    const calls = createCalls()
    const places = checkouts(() => ({ 'main.js': source }))
    const outside = path.join(path.dirname(places.store), 'shared', 'data.json')
    const { ran } = await second(host, places, calls, () => [
      remembered(
        plugin(calls, (code, id) => {
          const relative = path.relative(path.dirname(id), outside)
          return { code: `${code}console.log(${JSON.stringify(relative)})\n`, map: null }
        }),
        { paths: 'plain' },
      ),
    ])
    expect(ran).toBe(1)
  })
})

describe.each(['vite-8', 'vite-7'] as const)('%s', (host) => {
  test('a root that is a link', async () => {
    const calls = createCalls()
    const { roots, store } = checkouts(() => ({ 'main.js': source }))
    const link = path.join(path.dirname(store), 'link')
    fs.symlinkSync(roots[1], link, 'junction')
    let given = ''
    const relative: Transform = (code, id) =>
      `${code}console.log('${createHash('sha1').update(path.relative(given, id)).digest('hex')}')\n`
    // Vite 7 leaves the root as it is given, and ids have the real path
    const { files } = await second(host, { roots: [roots[1], link], store }, calls, () => [
      {
        name: 'root',
        enforce: 'pre',
        configResolved: (config: { root: string }) => (given = config.root),
      },
      remembered(plugin(calls, relative), { paths: 'plain' }),
    ])
    expect(Object.keys(files)).not.toEqual([])
  })
})
