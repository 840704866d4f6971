import fs from 'node:fs'
import fsPromises, { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { remembered } from '../../src/vite.ts'
import { some } from '../support/some.ts'
import {
  build,
  createCalls,
  hosts,
  project,
  statsOf,
  write,
  type BuildRequest,
  type Calls,
} from './harness.ts'

const sources = {
  'main.js': `import './a.js'\nimport './b.js'\n`,
  'a.js': `console.log('a')\n`,
  'b.js': `console.log('b')\n`,
  'data.json': '1',
}

type Transform = (this: any, code: string, id: string) => unknown

/** A plugin whose calls for a.js and b.js are counted. */
function plugin(calls: Calls, transform: Transform): Record<string, unknown> {
  return {
    name: 'reads',
    transform(this: unknown, code: string, id: string) {
      if (!/[ab]\.js$/.test(id)) return null
      calls.emit('call', path.basename(id))
      return transform.call(this, code, id)
    },
  }
}

const include = ['reads']

async function twice(
  root: string,
  request: Omit<BuildRequest, 'root'>,
  calls: Calls,
  between: () => void,
) {
  await build({ remember: { include }, ...request, root })
  between()
  calls.take()
  const warm = await build({ remember: { include }, ...request, root })
  const again = calls.take().sort()
  const plain = await build({ ...request, root, remember: false })
  expect(warm.files).toEqual(plain.files)
  return again
}

describe.each(some(2, hosts))('%s', (host) => {
  const ways: Record<string, (file: string) => Promise<string> | string> = {
    readFileSync: (file) => fs.readFileSync(file, 'utf8'),
    'fs.promises.readFile': (file) => fsPromises.readFile(file, 'utf8'),
    'a named import': (file) => readFile(file, 'utf8'),
    'a callback': (file) =>
      new Promise((resolve, reject) =>
        fs.readFile(file, 'utf8', (error, text) => (error ? reject(error) : resolve(text))),
      ),
    open: async (file) => {
      const handle = await fsPromises.open(file)
      try {
        return await handle.readFile('utf8')
      } finally {
        await handle.close()
      }
    },
  }

  // observed in the same way whichever host runs the hook
  const tried = some(2, Object.keys(ways))
  test.each(tried)('a file read by %s is an input', async (way) => {
    const root = project(sources)
    const calls = createCalls()
    const plugins = () => [
      plugin(calls, async (code, id) => {
        if (!id.endsWith('a.js')) return null
        return {
          code: `${code}\nconsole.log(${await ways[way]!(path.join(root, 'data.json'))})`,
          map: null,
        }
      }),
    ]
    const again = await twice(root, { host, plugins }, calls, () => write(root, 'data.json', '22'))
    expect(again).toContain('a.js')
    const cause = { reason: 'input_changed', part: 'file:<root>/data.json' }
    const stats = await statsOf(root)
    expect(stats.recomputed[0], JSON.stringify(stats)).toMatchObject(cause)
  })

  test('a file that was looked for and appears is an input', async () => {
    const root = project(sources)
    const calls = createCalls()
    const config = path.join(root, 'some.config.json')
    const plugins = () => [
      plugin(calls, (code) => ({
        code: fs.existsSync(config) ? `${code}\nconsole.log('found')` : code,
        map: null,
      })),
    ]
    const again = await twice(root, { host, plugins }, calls, () =>
      write(root, 'some.config.json', '{}'),
    )
    expect(again).toEqual(['a.js', 'b.js'])
  })

  // as @emotion/babel-plugin does, where the config has loaded package.json before
  test('a package.json that was looked for and is in memory already is an input', async () => {
    const root = project({ ...sources, 'package.json': '{ "name": "one" }' })
    const manifest = path.join(root, 'package.json')
    const require = createRequire(import.meta.url)
    const calls = createCalls()
    const plugins = () => {
      // a process of its own
      delete require.cache[manifest]
      require(manifest)
      return [
        plugin(calls, (code) => {
          const { name } = fs.existsSync(manifest) ? require(manifest) : {}
          return { code: `${code}\nconsole.log('${name}')`, map: null }
        }),
      ]
    }
    const again = await twice(root, { host, plugins }, calls, () =>
      write(root, 'package.json', '{ "name": "two" }'),
    )
    expect(again).toEqual(['a.js', 'b.js'])
    const unchanged = await twice(root, { host, plugins }, calls, () =>
      write(root, 'package.json', '{ "name": "two", "scripts": { "build": "x" } }'),
    )
    expect(unchanged).toEqual([])
  })

  test('a file kept from an earlier module is an input of later ones', async () => {
    const root = project(sources)
    const calls = createCalls()
    const plugins = () => {
      let kept: string | undefined
      return [
        plugin(calls, (code) => {
          kept ??= fs.readFileSync(path.join(root, 'data.json'), 'utf8')
          return { code: `${code}\nconsole.log(${kept})`, map: null }
        }),
      ]
    }
    const again = await twice(root, { host, plugins }, calls, () => write(root, 'data.json', '22'))
    expect(again).toEqual(['a.js', 'b.js'])
  })

  test('a file that a call still running read is an input of those that end before it', async () => {
    const root = project(sources)
    const calls = createCalls()
    const plugins = () => {
      let kept = ''
      let [hasRead, hasEnded] = [() => {}, () => {}]
      const read = new Promise<void>((resolve) => (hasRead = resolve))
      const ended = new Promise<void>((resolve) => (hasEnded = resolve))
      return [
        plugin(calls, async (code, id) => {
          if (id.endsWith('a.js')) {
            kept = fs.readFileSync(path.join(root, 'data.json'), 'utf8')
            hasRead()
            // the other one is answered from the store, or has used what this one read
            await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 300))])
            return { code, map: null }
          }
          await Promise.race([read, new Promise((resolve) => setTimeout(resolve, 300))])
          setTimeout(hasEnded, 50)
          return { code: `${code}\nconsole.log(${kept})`, map: null }
        }),
      ]
    }
    const again = await twice(root, { host, plugins }, calls, () => write(root, 'data.json', '22'))
    expect(again).toEqual(['a.js', 'b.js'])
  })

  test('an environment variable that was read is an input', async () => {
    const root = project(sources)
    const calls = createCalls()
    onTestFinished(() => void delete process.env['REMEMBER_TEST_COLOUR'])
    const plugins = () => [
      plugin(calls, (code) => ({
        code: `${code}\nconsole.log(${JSON.stringify(process.env['REMEMBER_TEST_COLOUR'] ?? 'none')})`,
        map: null,
      })),
    ]
    const again = await twice(root, { host, plugins }, calls, () => {
      process.env['REMEMBER_TEST_COLOUR'] = 'red'
    })
    expect(again).toEqual(['a.js', 'b.js'])
  })

  test('a watched file is an input', async () => {
    const root = project(sources)
    const calls = createCalls()
    const plugins = () => [
      plugin(calls, function (code, id) {
        if (id.endsWith('a.js')) this.addWatchFile(path.join(root, 'data.json'))
        return { code, map: null }
      }),
    ]
    const again = await twice(root, { host, plugins }, calls, () => write(root, 'data.json', '22'))
    expect(again).toEqual(['a.js'])
  })

  test('what no replay can repeat is not stored', async () => {
    const root = project(sources)
    const calls = createCalls()
    const plugins = () => [
      plugin(calls, async function (code, id) {
        if (id.endsWith('a.js')) this.getModuleInfo(id)
        return { code, map: null }
      }),
    ]
    const again = await twice(root, { host, plugins }, calls, () => undefined)
    expect(again).toEqual(['a.js'])
    expect((await statsOf(root)).notStoredReasons).toEqual({ 'this.getModuleInfo': 1 })
  })

  describe('what this.resolve answers', () => {
    const asking = (calls: Calls, source: string) => () => [
      {
        name: 'alias',
        resolveId: (id: string) => (id === 'virtual:x' ? path.join('/', 'x', 'virtual.js') : null),
      },
      plugin(calls, async function (_, id) {
        if (!id.endsWith('a.js')) return null
        const resolved = await this.resolve(source, id)
        return { code: `console.log(${JSON.stringify(resolved && path.basename(resolved.id))})` }
      }),
    ]

    test.each(['./c.js', 'virtual:x', './absent'])('is an input: %s', async (source) => {
      const root = project({ ...sources, 'c.js': '' })
      const calls = createCalls()
      const plugins = asking(calls, source)
      expect(await twice(root, { host, plugins }, calls, () => undefined)).toEqual([])
    })

    test('is another one when a file appears ahead, and the old one again when it goes', async () => {
      const root = project({ ...sources, 'c.json': '1' })
      const calls = createCalls()
      const answers = ['c.json', 'c.js']
      const plugins = () => [
        {
          name: 'first',
          resolveId: (id: string) =>
            id === 'first:c'
              ? answers.map((name) => path.join(root, name)).find((file) => fs.existsSync(file))
              : null,
        },
        ...asking(calls, 'first:c')(),
      ]
      const request = { host, plugins }
      answers.reverse()
      const again = await twice(root, request, calls, () => write(root, 'c.js', ''))
      expect(again).toEqual(['a.js'])
      expect(await twice(root, request, calls, () => fs.rmSync(path.join(root, 'c.js')))).toEqual(
        [],
      )
    })

    test('may be read for its id, not for what the host has loaded meanwhile', async () => {
      const root = project(sources)
      const calls = createCalls()
      const plugins = () => [
        plugin(calls, async function (code, id) {
          if (id.endsWith('a.js')) void (await this.resolve('./main.js', id)).meta
          return { code, map: null }
        }),
      ]
      expect(await twice(root, { host, plugins }, calls, () => undefined)).toEqual(['a.js'])
      expect((await statsOf(root)).notStoredReasons).toEqual({ 'this.resolve.meta': 1 })
    })
  })

  test('state per file is restored before an original runs', async () => {
    const root = project(sources)
    const runs = createCalls()
    // load reads what transform left behind, as plugin-vue does with its descriptors
    const plugins = () => {
      const seen = new Map<string, string>()
      return [
        {
          name: 'first',
          transform(code: string, id: string) {
            if (!id.endsWith('a.js')) return null
            runs.emit('call', 'first')
            seen.set(id, code)
            return { code: `${code}\nconsole.log('first')`, map: null }
          },
        },
        {
          name: 'reads',
          transform(code: string, id: string) {
            if (!id.endsWith('a.js')) return null
            seen.set(id, code)
            return { code: `import '${id}?part'\n${code}`, map: null }
          },
          resolveId: (id: string) => (id.endsWith('?part') ? id : null),
          load(id: string) {
            if (!id.endsWith('?part')) return null
            const owner = seen.get(id.replace('?part', ''))
            if (owner === undefined) throw new Error('nothing left behind')
            return `console.log(${owner.length}, ${fs.readFileSync(path.join(root, 'data.json'), 'utf8')})`
          },
        },
      ]
    }
    const again = await twice(
      root,
      { host, plugins, remember: { include: [{ plugin: 'reads' }] } },
      runs,
      () => write(root, 'data.json', '22'),
    )
    expect(again).toEqual(['first'])
  })

  test('remembered() marks an instance, with extra of its own', async () => {
    const root = project(sources)
    const calls = createCalls()
    const make = (locale: string) => () => [
      remembered(
        plugin(calls, (code) => ({ code, map: null })),
        { extra: { locale } },
      ),
    ]
    await build({ host, root, plugins: make('en') })
    expect(calls.take().length).toBe(2)
    await build({ host, root, plugins: make('en') })
    expect(calls.take()).toEqual([])
    await build({ host, root, plugins: make('de') })
    expect(calls.take().length).toBe(2)
  })
})
