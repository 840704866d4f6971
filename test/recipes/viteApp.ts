import { EventEmitter } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { expect, vi } from 'vitest'
import type { InlineConfig, Plugin } from 'vite'
import { hostModules, type Host } from '../../scripts/lib/hosts.mjs'
import type { Options } from '../../src/vite.ts'
import { tempDir } from '../support/temp.ts'

/** What one build wrote, and what it asked of the plugin that is looked at. */
export interface BuiltApp {
  /** File name → content. */
  readonly files: Readonly<Record<string, string>>
  /** Originals of the watched hooks that ran: `src/a.css`, sorted. */
  readonly ran: readonly string[]
  readonly logged: readonly string[]
}

export interface AppRequest {
  readonly host: Host
  readonly files: Readonly<Record<string, string | Buffer>>
  /** Made anew for each build. */
  readonly config?: (dir: string) => InlineConfig | Promise<InlineConfig>
  /** Counts calls of this plugin's hook. */
  readonly watch: readonly [plugin: string, hook: 'transform' | 'load' | 'renderChunk']
  /** Ids that count; all when absent. */
  readonly counts?: RegExp
}

/** New content of files; null removes one. */
export type Edit = Readonly<Record<string, string | Buffer | null>>

export interface App {
  readonly dir: string
  write(edit: Edit): void
  plain(): Promise<BuiltApp>
  /** With the store of this app. */
  reusing(): Promise<BuiltApp>
  /** Makes an edit, builds without us and with the store, expects the same files, and answers what ran. */
  after(edit: Edit): Promise<readonly string[]>
}

/**
 * An app where a host's packages resolve, built in this process by Vite's API.
 * It is its own workspace; `src/main.js` is its entry unless the config says otherwise.
 */
export async function openApp(request: AppRequest): Promise<App> {
  const home = tempDir(request.host)
  const dir = path.join(home, 'app')
  const store = path.join(home, 'store')
  const vite = await viteOf(request.host)
  write({ 'package.json': '{ "type": "module" }', 'pnpm-workspace.yaml': '', ...request.files })

  function write(edit: Edit): void {
    for (const [name, content] of Object.entries(edit)) {
      const file = path.join(dir, name)
      fs.mkdirSync(path.dirname(file), { recursive: true })
      if (content === null) fs.rmSync(file)
      else fs.writeFileSync(file, content)
    }
  }

  async function build(remember: Options | false): Promise<BuiltApp> {
    // what the store's user keeps in memory is another process's
    vi.resetModules()
    const { default: plugin } = await import('../../src/vite.ts')
    const calls = new EventEmitter()
    const ran: string[] = []
    const logged: string[] = []
    calls.on('call', (id: string) => {
      if (request.counts?.test(id) ?? true) ran.push(id.replace(`${dir}/`, ''))
    })
    const own = await request.config?.(dir)
    const out = path.join(home, 'out')
    await vite.build({
      root: dir,
      configFile: false,
      logLevel: 'silent',
      ...own,
      plugins: [remember && plugin(remember), own?.plugins, counter(request.watch, calls)] as never,
      build: {
        outDir: out,
        emptyOutDir: true,
        minify: false,
        ...own?.build,
        rollupOptions: {
          input: path.join(dir, 'src/main.js'),
          onLog: (level, log) => void logged.push(`${level}: ${log.message}`),
          ...own?.build?.rollupOptions,
        },
      },
    })
    return { files: readAll(out), ran: ran.toSorted(), logged }
  }

  const plain = (): Promise<BuiltApp> => build(false)
  const reusing = (): Promise<BuiltApp> => build({ dir: store })
  return {
    dir,
    write,
    plain,
    reusing,
    async after(edit) {
      write(edit)
      const [expected, built] = [await plain(), await reusing()]
      expect(built.files).toEqual(expected.files)
      return built.ran
    },
  }
}

async function viteOf(host: Host): Promise<typeof import('vite')> {
  const own = path.join(hostModules(host), 'vite/dist/node/index.js')
  return (await import(fs.existsSync(own) ? own : 'vite')) as typeof import('vite')
}

/** Counts in the clones that Vite makes of plugins, before we wrap them. */
function counter([name, hook]: AppRequest['watch'], calls: EventEmitter): Plugin {
  return {
    name: 'count',
    options({ plugins }) {
      for (const plugin of plugins as Plugin[]) {
        if (plugin.name !== name) continue
        const slot = plugin[hook] as { handler: CountedHook } | CountedHook
        const original = typeof slot === 'function' ? slot : slot.handler
        const counted: CountedHook = function (...args) {
          const [first, second] = args as [string, string | { fileName: string }]
          const id = hook === 'load' ? first : typeof second === 'string' ? second : second.fileName
          calls.emit('call', id)
          return original.apply(this, args)
        }
        if (typeof slot === 'function') plugin[hook] = counted as never
        else slot.handler = counted
      }
    },
  }
}

type CountedHook = (this: unknown, ...args: unknown[]) => unknown

function readAll(dir: string): Record<string, string> {
  const files: Record<string, string> = {}
  for (const entry of fs.readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    files[path.relative(dir, file)] = fs.readFileSync(file, 'latin1')
  }
  return files
}
