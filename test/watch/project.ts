import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { hostModules } from '../../scripts/lib/hosts.mjs'
import { findPolicy, type HookName } from '../../src/policies/index.ts'
import { compareDirs, listFiles } from '../support/compareDirs.ts'
import { tempDir } from '../support/temp.ts'
import type { Host } from '../plugin/harness.ts'

/** New content of files; null removes one. */
export type Edit = Readonly<Record<string, string | null>>

/** What happened from an edit until the output was right. */
export interface Rebuilt {
  /** Hooks of plugins that ran, e.g. `vite:vue transform src/One.vue`, each once. */
  readonly calls: readonly string[]
  /** What the watcher said of a build that failed; undefined when none did. */
  readonly error: string | undefined
}

export interface WatchedProject {
  readonly dir: string
  /** All that the process with the watcher printed so far. */
  readonly printed: () => string
  /**
   * Makes an edit and waits until the watcher's output is what a plain build makes
   * of the files as they are now, from scratch in another process. With an error in
   * the plain build, until the watcher has one too.
   */
  edit(...edits: readonly Edit[]): Promise<Rebuilt>
  /** Makes an edit and waits until the watcher's output holds a text. */
  editUntil(text: string, edit: Edit): Promise<void>
  /** Watches once more, in a process of its own that finds what the first one stored; answers how its output differs from a plain build's. */
  differsFresh(): Promise<readonly string[]>
}

interface Expected {
  readonly out: string
  readonly error: string | undefined
}

interface Message {
  readonly event: string
  readonly calls: readonly string[]
  readonly error?: string
}

/** Of hook calls, those of plugins that are remembered, of whatever modules. */
export function rememberedCalls({ calls }: Rebuilt): string[] {
  return calls.filter((call) => {
    const [plugin = '', hook] = call.split(' ') as [string, HookName]
    const policy = findPolicy(plugin)
    if (plugin.startsWith('own-')) return true
    return policy?.verdict === 'cache' && policy.hooks.includes(hook)
  })
}

/** Watches a project in one process, with us, and builds it plainly in another. `isWarm`: all of it is stored already. */
export async function watchProject(
  host: Host,
  files: Readonly<Record<string, string>>,
  { isWarm = false }: { readonly isWarm?: boolean } = {},
): Promise<WatchedProject & { readonly first: Rebuilt }> {
  const isVite7 = host === 'vite-7'
  const home = tempDir(isVite7 ? 'vite-7' : 'vite-8')
  const modules = hostModules(isVite7 ? 'vite-7' : 'vite-8')
  const dir = path.join(home, 'app')
  const out = path.join(home, 'out')
  for (const [name, text] of Object.entries(files)) write(dir, name, text)
  const remembering = { REMEMBER: 'readwrite', REMEMBER_DIR: path.join(home, 'store') }
  const watching = startChild(host, dir, modules, remembering)
  const building = startChild(host, dir, modules, { REMEMBER: 'off' })
  let builds = 0

  /** The output of a plain build of a copy of the project, or its error. */
  async function plain(edits: readonly Edit[]): Promise<Expected> {
    const place = path.join(home, `plain-${builds++}`)
    const copy = path.join(place, 'app')
    fs.cpSync(dir, copy, { recursive: true })
    for (const edit of edits) apply(copy, edit)
    return build(building, copy, path.join(place, 'out'))
  }

  async function build(child: Child, from: string, to: string): Promise<Expected> {
    child.say({ ask: 'build', dir: from, out: to })
    const { error } = await child.next(({ event }) => event === 'built' || event === 'failed')
    return { out: to, error }
  }

  /** Not a plain build: plugins can see whether they are watched, so that is part of every key. */
  async function watchFresh(): Promise<string> {
    const child = startChild(host, dir, modules, remembering)
    child.say({ ask: 'watch', dir, out: `${out}-fresh` })
    await child.next(({ event }) => event === 'END')
    await child.close()
    return `${out}-fresh`
  }

  async function until(expected: Expected, edits: readonly Edit[] = []): Promise<Rebuilt> {
    const calls = new Set<string>()
    let error: string | undefined
    let isDone = false
    while (!isDone) {
      const message = await watching.next(
        () => true,
        () => edits.forEach((edit) => touch(dir, edit)),
        () => differences(expected.out),
      )
      for (const call of message.calls) calls.add(call.replaceAll(`${dir}/`, ''))
      error = message.error ?? error
      if (expected.error === undefined) {
        isDone = message.event === 'END' && differences(expected.out).length === 0
      } else isDone = message.event === 'ERROR'
    }
    return { calls: [...calls].sort(), error }
  }

  function differences(expected: string): string[] {
    return fs.existsSync(out) ? compareDirs(expected, out) : ['nothing']
  }

  if (isWarm) await watchFresh()
  const expected = await plain([])
  watching.say({ ask: 'watch', dir, out })
  const first = await until(expected)
  return {
    dir,
    first,
    printed: watching.printed,
    async edit(...edits) {
      const after = await plain(edits)
      watching.drain()
      for (const edit of edits) apply(dir, edit)
      return until(after, edits)
    },
    async editUntil(text, edit) {
      apply(dir, edit)
      const isThere = (): boolean =>
        listFiles(out).some((name) => fs.readFileSync(path.join(out, name), 'utf8').includes(text))
      do
        await watching.next(
          ({ event }) => event === 'END',
          () => touch(dir, edit),
        )
      while (!isThere())
    },
    async differsFresh() {
      const fresh = await watchFresh()
      const { out: expected } = await plain([])
      return compareDirs(expected, fresh)
    },
  }
}

interface Child {
  readonly printed: () => string
  say(message: object): void
  /** The next message that is wanted. Calls `nudge` while there is none; throws when the process ends, or stays silent. */
  next(
    wanted: (message: Message) => boolean,
    nudge?: () => void,
    state?: () => unknown,
  ): Promise<Message>
  /** Drops what was not asked for. */
  drain(): void
  close(): Promise<void>
}

function startChild(
  host: Host,
  cwd: string,
  modules: string,
  env: Readonly<Record<string, string>>,
): Child {
  // Vite would build for development
  const shell = { ...process.env, NODE_ENV: undefined }
  const child = fork(path.join(import.meta.dirname, 'child.mjs'), [host, modules], {
    cwd,
    env: { ...shell, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let printed = ''
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (printed += text))
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (printed += text))
  const messages: Message[] = []
  const arrived = new EventTarget()
  child.on('message', (message: Message) => {
    messages.push(message)
    arrived.dispatchEvent(new Event('some'))
  })
  child.on('exit', () => arrived.dispatchEvent(new Event('some')))
  onTestFinished(() => close(child))

  return {
    printed: () => printed,
    say: (message) => void child.send(message),
    drain: () => void messages.splice(0),
    close: () => close(child),
    async next(wanted, nudge = () => undefined, state) {
      for (;;) {
        const message = messages.shift()
        if (message && wanted(message)) return message
        if (message) continue
        if (child.exitCode !== null) throw new Error(`The process ended:\n${printed}`)
        await someEvent(arrived, nudge, () => `${JSON.stringify(state?.())}\n${printed}`)
      }
    },
  }
}

/** A watcher that says nothing for so long (ms) may have lost an edit: Rollup's stops to watch a file for a moment when it changed. */
const patience = 5000
const attempts = 24

/** The next event; while there is none, `nudge` is called. */
async function someEvent(
  arrived: EventTarget,
  nudge: () => void,
  state: () => string,
): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      await once(arrived, 'some', { signal: AbortSignal.timeout(patience) })
      return
    } catch {
      nudge()
    }
  }
  throw new Error(`Nothing more happened:\n${state()}`)
}

async function close(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || !child.connected) return
  const ended = once(child, 'exit')
  child.send({ ask: 'close' })
  await ended
}

function apply(dir: string, edit: Edit): void {
  for (const [name, text] of Object.entries(edit)) {
    if (text === null) fs.rmSync(path.join(dir, name))
    else write(dir, name, text)
  }
}

/** Writes what is there already, for a watcher that has not seen it. */
function touch(dir: string, edit: Edit): void {
  for (const name of Object.keys(edit)) {
    const file = path.join(dir, name)
    if (fs.existsSync(file)) fs.utimesSync(file, new Date(), new Date())
  }
}

function write(dir: string, name: string, text: string): void {
  const file = path.join(dir, name)
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, text)
}
