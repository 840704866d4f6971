import fs from 'node:fs'
import path from 'node:path'
import type { InlineConfig, Plugin, ViteDevServer } from 'vite'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readBuilds } from '../../src/engine/index.ts'
import type { Options } from '../../src/vite.ts'
import { createCalls, project, storeOf, write, type Calls } from '../plugin/harness.ts'

const hosts = ['vite-8', 'vite-7', 'vite-6'] as const
type Host = (typeof hosts)[number]

function viteOf(host: Host): Promise<typeof import('vite')> {
  return import(
    host === 'vite-8'
      ? 'vite'
      : path.resolve(import.meta.dirname, '../hosts', host, 'node_modules/vite/dist/node/index.js')
  ) as Promise<typeof import('vite')>
}

// what plugins may have kept belongs to the process: each test is one
beforeEach(() => {
  vi.resetModules()
})

const open: ViteDevServer[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

async function serve(
  host: Host,
  root: string,
  plugins: unknown[],
  options: { readonly remember?: Options; readonly config?: InlineConfig } = {},
): Promise<ViteDevServer> {
  const { createServer } = await viteOf(host)
  const { default: remember } = await import('../../src/vite.ts')
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    optimizeDeps: { noDiscovery: true },
    ...options.config,
    server: { middlewareMode: true, ws: false, watch: null, ...options.config?.server },
    plugins: [remember({ dir: storeOf(root), ...options.remember }), plugins] as Plugin[],
  })
  open.push(server)
  return server
}

async function close(server: ViteDevServer): Promise<void> {
  open.splice(open.indexOf(server), 1)
  await server.close()
}

/** Writes into each module what `note.txt` says. */
function noting(calls: Calls, file: string): Plugin {
  return {
    name: 'noting',
    transform(code, id) {
      if (!id.includes('/mod')) return null
      calls.emit('call', path.basename(id))
      this.addWatchFile(file)
      return {
        code: `${code}\nexport const note = ${JSON.stringify(fs.readFileSync(file, 'utf8'))}`,
        map: null,
      }
    },
  }
}

const sources = {
  'mod-a.js': 'export const a = 1\n',
  'mod-b.js': 'export const b = 1\n',
  'note.txt': 'one',
}
const include = { include: ['noting'] }

async function codeOf(server: ViteDevServer, url: string): Promise<string> {
  return (await server.environments.client.transformRequest(url))!.code
}

describe.each(hosts)('a dev server of %s', (host) => {
  test('reuses what an earlier one stored, also in middleware mode', async () => {
    const root = project(sources)
    const calls = createCalls()
    const run = async (): Promise<string> => {
      const server = await serve(host, root, [noting(calls, `${root}/note.txt`)], {
        remember: include,
      })
      const code = await codeOf(server, '/mod-a.js')
      await close(server)
      return code
    }
    const cold = await run()
    expect(calls.take()).toEqual(['mod-a.js'])
    expect(await run()).toBe(cold)
    expect(calls.take()).toEqual([])
    const records = await readBuilds(storeOf(root))
    expect(records.length).toBe(2)
  })

  test('looks again for each module, with no watcher to tell', async () => {
    const root = project(sources)
    const calls = createCalls()
    const plugins = (): Plugin[] => [noting(calls, `${root}/note.txt`)]
    const cold = await serve(host, root, plugins(), { remember: include })
    await codeOf(cold, '/mod-a.js')
    await codeOf(cold, '/mod-b.js')
    await close(cold)
    calls.take()

    const warm = await serve(host, root, plugins(), { remember: include })
    expect(await codeOf(warm, '/mod-a.js')).toContain('"one"')
    write(root, 'note.txt', 'two')
    expect(await codeOf(warm, '/mod-b.js')).toContain('"two"')
    warm.environments.client.moduleGraph.invalidateAll()
    expect(await codeOf(warm, '/mod-a.js')).toContain('"two"')
    // what was answered from the store runs first, for its plugin may have kept something
    expect(calls.take()).toEqual(['mod-b.js', 'mod-a.js', 'mod-a.js'])
  })

  test('has results of its own: a build answers otherwise', async () => {
    const root = project({ ...sources, 'main.js': `import './mod-a.js'\n` })
    const calls = createCalls()
    const { build } = await viteOf(host)
    const { default: remember } = await import('../../src/vite.ts')
    await build({
      root,
      configFile: false,
      logLevel: 'silent',
      plugins: [
        remember({ dir: storeOf(root), ...include }),
        noting(calls, `${root}/note.txt`),
      ] as never,
      build: { write: false, rollupOptions: { input: path.join(root, 'main.js') } },
    })
    expect(calls.take()).toEqual(['mod-a.js'])
    const server = await serve(host, root, [noting(calls, `${root}/note.txt`)], {
      remember: include,
    })
    await codeOf(server, '/mod-a.js')
    expect(calls.take()).toEqual(['mod-a.js'])
  })

  test('several at once with the same plugin objects; a restart is a session of its own', async () => {
    const root = project(sources)
    const calls = createCalls()
    const plugins = [noting(calls, `${root}/note.txt`)]
    const first = await serve(host, root, plugins, { remember: include })
    await codeOf(first, '/mod-a.js')
    const second = await serve(host, root, plugins, { remember: include })
    await codeOf(second, '/mod-a.js')
    expect(calls.take()).toEqual(['mod-a.js'])

    await first.restart()
    await codeOf(first, '/mod-a.js')
    await codeOf(first, '/mod-b.js')
    await codeOf(second, '/mod-b.js')
    expect(calls.take()).toEqual(['mod-b.js'])
    await close(first)
    second.environments.client.moduleGraph.invalidateAll()
    write(root, 'note.txt', 'two')
    expect(await codeOf(second, '/mod-a.js')).toContain('"two"')
    await close(second)
    expect((await readBuilds(storeOf(root))).length).toBe(3)
  })

  test('remembers per environment, also plugins that an environment brings', async () => {
    const root = project(sources)
    const calls = createCalls()
    const perEnvironment: Plugin = {
      name: 'per-environment',
      applyToEnvironment: ({ name }) => ({
        name: 'noting',
        transform(code, id) {
          if (!id.includes('/mod')) return null
          calls.emit('call', `${name} ${path.basename(id)}`)
          return { code: `${code}\nexport const where = ${JSON.stringify(name)}`, map: null }
        },
      }),
    }
    const run = async (): Promise<(string | undefined)[]> => {
      const server = await serve(host, root, [perEnvironment], { remember: include })
      const codes = [
        await server.environments.client.transformRequest('/mod-a.js'),
        await server.environments.ssr.transformRequest('/mod-a.js'),
      ].map((result) => result?.code)
      await close(server)
      return codes
    }
    const cold = await run()
    expect(calls.take()).toEqual(['client mod-a.js', 'ssr mod-a.js'])
    expect(cold[0]).toContain('"client"')
    expect(cold[1]).toContain('"ssr"')
    expect(await run()).toEqual(cold)
    expect(calls.take()).toEqual([])
  })

  test('tells environments apart that share a plugin object and ask the same', async () => {
    const root = project(sources)
    const calls = createCalls()
    const naming: Plugin = {
      name: 'noting',
      transform(code, id) {
        if (!id.includes('/mod')) return null
        calls.emit('call', `${this.environment.name} ${path.basename(id)}`)
        const { name } = this.environment
        return { code: `${code}\nexport const where = ${JSON.stringify(name)}`, map: null }
      },
    }
    const run = async (): Promise<void> => {
      const server = await serve(host, root, [naming], {
        remember: include,
        config: { environments: { other: { consumer: 'client' } } },
      })
      for (const file of ['mod-a.js', 'mod-b.js']) {
        for (const name of ['client', 'other']) {
          const result = await server.environments[name]!.transformRequest(`/${file}`)
          expect(result?.code).toContain(JSON.stringify(name))
        }
      }
      await close(server)
    }
    await run()
    expect(calls.take().length).toBe(4)
    await run()
    expect(calls.take()).toEqual([])
  })

  test('sees that a package is installed anew', async () => {
    const library = 'node_modules/library'
    const root = project({
      ...sources,
      [`${library}/package.json`]: '{"name":"library","version":"1.0.0"}',
      [`${library}/note.txt`]: 'one',
    })
    const calls = createCalls()
    const plugins = (): Plugin[] => [noting(calls, `${root}/${library}/note.txt`)]
    const cold = await serve(host, root, plugins(), { remember: include })
    await codeOf(cold, '/mod-a.js')
    await codeOf(cold, '/mod-b.js')
    await close(cold)
    const warm = await serve(host, root, plugins(), { remember: include })
    expect(await codeOf(warm, '/mod-a.js')).toContain('"one"')
    write(root, `${library}/package.json`, '{"name":"library","version":"2.0.0"}')
    write(root, `${library}/note.txt`, 'two')
    expect(await codeOf(warm, '/mod-b.js')).toContain('"two"')
  })
})

/** As plugin-vue: compares a file with what it was when it was transformed, and knows who uses another file. */
function comparing(calls: Calls, note: string): Plugin {
  const known = new Map<string, string>()
  const users = new Set<string>()
  return {
    name: 'comparing',
    transform(code, id) {
      if (!id.includes('/mod')) return null
      calls.emit('call', path.basename(id))
      known.set(id, fs.readFileSync(id, 'utf8'))
      fs.readFileSync(note)
      users.add(path.basename(id))
      return { code: `${code}\nexport const it = 1`, map: null }
    },
    hotUpdate({ file }) {
      if (this.environment.name !== 'client') return
      const said = file === note ? [...users].sort().join() : (known.get(file) ?? 'unknown')
      calls.emit('call', `update ${said.trim()}`)
    },
  }
}

describe.each(hosts)('state per file in %s', (host) => {
  const stateful = { include: ['comparing'] }

  async function warm(): Promise<{ root: string; calls: Calls; server: ViteDevServer }> {
    const root = project({ ...sources })
    const calls = createCalls()
    const note = path.join(root, 'note.txt')
    for (const last of [false, true]) {
      const server = await serve(host, root, [comparing(calls, note)], {
        remember: stateful,
        config: { server: { watch: { ignored: ['**'] } } },
      })
      await codeOf(server, '/mod-a.js')
      await codeOf(server, '/mod-b.js')
      if (last) return { root, calls, server }
      expect(calls.take()).toEqual(['mod-a.js', 'mod-b.js'])
      await close(server)
    }
    throw new Error('unreachable')
  }

  /** Tells the server of a change, and waits for the plugin's answer. */
  async function tell(
    server: ViteDevServer,
    calls: Calls,
    event: string,
    file: string,
  ): Promise<void> {
    const told = new Promise<void>((resolve) => {
      calls.on('call', (text: string) => {
        if (text.startsWith('update')) resolve()
      })
    })
    server.watcher.emit(event, file)
    await told
  }

  test('is as it was before the edit when the plugin hears of it', async () => {
    const { root, calls, server } = await warm()
    expect(calls.take()).toEqual([])
    const file = path.join(root, 'mod-a.js')
    write(root, 'mod-a.js', 'export const a = 2\n')
    await tell(server, calls, 'change', file)
    expect(calls.take()).toEqual(['mod-a.js', 'update export const a = 1'])
    // and from then on the original runs, whatever is stored
    write(root, 'mod-a.js', sources['mod-a.js'])
    await tell(server, calls, 'change', file)
    await codeOf(server, '/mod-a.js')
    expect(calls.take()).toEqual(['update export const a = 1', 'mod-a.js'])
  })

  test('is there when a file is removed', async () => {
    const { root, calls, server } = await warm()
    fs.rmSync(path.join(root, 'mod-a.js'))
    await tell(server, calls, 'unlink', path.join(root, 'mod-a.js'))
    expect(calls.take()).toEqual(['mod-a.js', 'update export const a = 1'])
  })

  test('is there for all that depend on another file', async () => {
    const { root, calls, server } = await warm()
    write(root, 'note.txt', 'two')
    await tell(server, calls, 'change', path.join(root, 'note.txt'))
    expect(calls.take()).toEqual(['mod-a.js', 'mod-b.js', 'update mod-a.js,mod-b.js'])
  })

  test('stays away where nothing was edited', async () => {
    const { root, calls, server } = await warm()
    write(root, 'other.txt', 'two')
    await tell(server, calls, 'change', path.join(root, 'other.txt'))
    expect(calls.take()).toEqual(['update unknown'])
  })
})

/** Knows from which file its module came. */
function virtual(calls: Calls, note: string): Plugin {
  const known = new Set<string>()
  return {
    name: 'virtual',
    resolveId: (id) => (id === 'virtual:note' ? `\0${id}` : null),
    load(id) {
      if (id !== '\0virtual:note') return null
      calls.emit('call', 'load')
      known.add(note)
      return `export default ${JSON.stringify(fs.readFileSync(note, 'utf8'))}`
    },
    hotUpdate({ file }) {
      if (this.environment.name === 'client') calls.emit('call', `update ${known.has(file)}`)
    },
  }
}

test('a virtual module has state too', async () => {
  const root = project(sources)
  const note = path.join(root, 'note.txt')
  const calls = createCalls()
  const run = (): Promise<ViteDevServer> =>
    serve('vite-8', root, [virtual(calls, note)], {
      remember: { include: ['virtual'] },
      config: { server: { watch: { ignored: ['**'] } } },
    })
  const cold = await run()
  await codeOf(cold, 'virtual:note')
  expect(calls.take()).toEqual(['load'])
  await close(cold)
  const warm = await run()
  await codeOf(warm, 'virtual:note')
  expect(calls.take()).toEqual([])
  const told = new Promise((resolve) =>
    calls.on('call', (text: string) => text !== 'load' && resolve(text)),
  )
  write(root, 'note.txt', 'two')
  warm.watcher.emit('change', note)
  expect(await told).toBe('update true')
})

test('the bundled mode of Vite 8 is left alone', async () => {
  const root = project({
    ...sources,
    'index.html': '<script type="module" src="/mod-a.js"></script>',
  })
  const calls = createCalls()
  const bundled = new Promise((resolve) => calls.once('call', resolve))
  const server = await serve('vite-8', root, [noting(calls, `${root}/note.txt`)], {
    remember: include,
    config: { experimental: { bundledDev: true }, server: { middlewareMode: false, port: 0 } },
  })
  await server.listen()
  await bundled
  await close(server)
  expect(await readBuilds(storeOf(root))).toEqual([])
})

test('Vitest is left alone', async () => {
  const root = project(sources)
  const calls = createCalls()
  const plugins = [{ name: 'vitest' }, noting(calls, `${root}/note.txt`)]
  const server = await serve('vite-8', root, plugins, { remember: include })
  await codeOf(server, '/mod-a.js')
  await close(server)
  expect(calls.take()).toEqual(['mod-a.js'])
  expect(await readBuilds(storeOf(root))).toEqual([])
})
