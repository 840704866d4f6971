import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import type { InlineConfig, Plugin } from 'vite'
import { hostHome, type Host } from '../../scripts/lib/hosts.mjs'
import { createCalls, project, storeOf, write, type Calls } from './harness.ts'

// Builds as frameworks and scripts start them: many environments, workers, libraries, many at once

const files = {
  'main.js': `import { a } from './a.js'\nconsole.log(a)\n`,
  'a.js': `export const a = 'a'\n`,
  'index.html': `<script type="module" src="/main.js"></script>`,
}

/** Marks modules with what the call was told of its side. */
function marker(calls: Calls, mark = 'mark'): Plugin {
  return {
    name: 'marker',
    transform(code, id, options) {
      if (!/\/(?:main|a|work)\.js$/.test(id)) return null
      const side = options?.ssr ? 'server' : 'browser'
      calls.emit('call', `${side} ${path.basename(id)}`)
      return { code: `${code}\nglobalThis.${mark} = '${side}'`, map: null }
    },
  }
}

interface Shape {
  readonly root: string
  readonly calls: Calls
  /** Runs the build with these plugins in front; a new copy of us, as in a new process. */
  readonly run: (vite: typeof import('vite'), own: () => Plugin[], out: string) => Promise<unknown>
}

/** Builds plain, cold and warm: equal outputs, and answers what cold and warm ran. */
async function thrice(host: Host, { root, calls, run }: Shape) {
  const ran: Record<string, string[]> = {}
  for (const out of ['plain', 'cold', 'warm']) {
    vi.resetModules()
    const vite = (await import(
      path.join(hostHome(host), 'node_modules/vite/dist/node/index.js')
    )) as typeof import('vite')
    const { default: remember } = await import('../../src/vite.ts')
    const own = () =>
      out === 'plain' ? [] : [remember({ dir: storeOf(root), include: ['marker'] }) as Plugin]
    await run(vite, own, path.join(root, out))
    ran[out] = calls.take().sort()
    expect(contentOf(path.join(root, out))).toEqual(contentOf(path.join(root, 'plain')))
  }
  expect(ran['plain']!.length).toBeGreaterThan(0)
  return { plain: ran['plain']!, cold: ran['cold']!, warm: ran['warm']! }
}

function contentOf(dir: string): Record<string, string> {
  const names = fs.readdirSync(dir, { recursive: true, encoding: 'utf8' })
  const found = names.filter((name) => fs.statSync(path.join(dir, name)).isFile()).sort()
  return Object.fromEntries(
    found.map((name) => [name, fs.readFileSync(path.join(dir, name), 'utf8')]),
  )
}

const base = (root: string): InlineConfig => ({ root, configFile: false, logLevel: 'silent' })

describe.each(['vite-8', 'vite-7', 'vite-6'] as const)('%s', (host) => {
  test.each([false, true])('client and ssr by one builder, shared config %s', async (shared) => {
    const root = project(files)
    const calls = createCalls()
    const { plain, cold, warm } = await thrice(host, {
      root,
      calls,
      async run(vite, own, out) {
        const builder = await vite.createBuilder({
          ...base(root),
          plugins: [own(), marker(calls)],
          environments: {
            client: { build: { outDir: path.join(out, 'client'), minify: false } },
            ssr: {
              build: {
                outDir: path.join(out, 'ssr'),
                ssr: true,
                rollupOptions: { input: path.join(root, 'main.js') },
              },
            },
          },
          builder: { sharedConfigBuild: shared },
        })
        for (const environment of Object.values(builder.environments)) {
          await builder.build(environment)
        }
      },
    })
    expect(plain).toEqual(['browser a.js', 'browser main.js', 'server a.js', 'server main.js'])
    expect(cold).toEqual(plain)
    expect(warm).toEqual([])
    expect(Object.values(contentOf(path.join(root, 'warm/ssr'))).join()).toContain('server')
  })

  test('two environments at the same time', async () => {
    const root = project(files)
    const calls = createCalls()
    const { cold, warm } = await thrice(host, {
      root,
      calls,
      async run(vite, own, out) {
        const environment = (name: string) => ({
          build: {
            outDir: path.join(out, name),
            rollupOptions: { input: path.join(root, 'main.js') },
          },
        })
        const builder = await vite.createBuilder({
          ...base(root),
          plugins: [own(), marker(calls)],
          environments: { client: environment('client'), other: environment('other') },
          builder: {},
        })
        await Promise.all(Object.values(builder.environments).map((each) => builder.build(each)))
      },
    })
    expect(cold.length).toBeGreaterThan(0)
    expect(warm).toEqual([])
  })

  test('a library in several formats', async () => {
    const root = project(files)
    const calls = createCalls()
    const { warm } = await thrice(host, {
      root,
      calls,
      run: (vite, own, outDir) =>
        vite.build({
          ...base(root),
          plugins: [own(), marker(calls)],
          build: { outDir, lib: { entry: 'main.js', name: 'Lib', formats: ['es', 'cjs', 'umd'] } },
        }),
    })
    expect(warm).toEqual([])
  })

  test('a worker has plugins of its own', async () => {
    const root = project({
      ...files,
      'main.js': `new Worker(new URL('./work.js', import.meta.url), { type: 'module' })\n`,
      'work.js': `import { a } from './a.js'\npostMessage(a)\n`,
    })
    const calls = createCalls()
    const { plain, cold, warm } = await thrice(host, {
      root,
      calls,
      run: (vite, own, outDir) =>
        vite.build({
          ...base(root),
          plugins: [own(), marker(calls, 'page')],
          worker: { format: 'es', plugins: () => [own(), marker(calls, 'worker')] },
          build: { outDir },
        }),
    })
    expect(plain).toEqual(['browser a.js', 'browser main.js', 'browser work.js'])
    expect(cold).toEqual(plain)
    expect(warm).toEqual([])
  })

  test('two builds at once in one process, with other options each', async () => {
    const root = project(files)
    const calls = createCalls()
    const { plain, warm } = await thrice(host, {
      root,
      calls,
      run: (vite, own, out) =>
        Promise.all(
          ['one', 'two'].map((mark) =>
            vite.build({
              ...base(root),
              plugins: [own(), marker(calls, mark)],
              build: { outDir: path.join(out, mark), minify: false },
            }),
          ),
        ),
    })
    expect(plain.length).toBe(4)
    expect(warm).toEqual([])
  })

  test('a changed module', async () => {
    const root = project(files)
    const calls = createCalls()
    const shape: Shape = {
      root,
      calls,
      run: (vite, own, outDir) =>
        vite.build({ ...base(root), plugins: [own(), marker(calls)], build: { outDir } }),
    }
    await thrice(host, shape)
    write(root, 'a.js', `export const a = 'b'\n`)
    const { cold, warm } = await thrice(host, shape)
    expect(cold).toEqual(['browser a.js'])
    expect(warm).toEqual([])
  })
})
