import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { lastStats } from '../../src/report/index.ts'
import type { Recomputed } from '../../src/plugin/index.ts'
import { findPolicy, type HookName } from '../../src/policies/index.ts'
import { compareDirs } from '../support/compareDirs.ts'
import { hostModules, type Host as Installed } from '../../scripts/lib/hosts.mjs'
import { runNodeOrThrow, type RunResult } from '../support/runNode.ts'
import { tempDir } from '../support/temp.ts'
import type { Host as Bundler } from '../plugin/harness.ts'

/** What a row does to the project, or to how it is built. Each build has an output folder of its own. */
export interface Change {
  /** New content of files; null removes one. */
  readonly files?: Readonly<Record<string, string | null>>
  readonly run?: (dir: string) => void
  readonly env?: Readonly<Record<string, string>>
  /** More arguments for the host's command line. */
  readonly args?: readonly string[]
}

/** One warm build and the same build without us. */
export interface Seen {
  /** Remembered calls that ran again, e.g. `vite:vue transform src/One.vue`, sorted. */
  readonly again: readonly string[]
  /** All that could be remembered, as the build without us ran them. */
  readonly all: readonly string[]
  /** Those of them that are given other code than in the cold build. */
  readonly given: ReadonlySet<string>
  /** Files that are not the same in both outputs. */
  readonly differences: readonly string[]
  readonly recomputed: readonly Recomputed[]
  readonly printed: string
}

/**
 * A project that was built once, cold. Every row starts from this state: its
 * change is made, built in a process of its own, and undone.
 */
export interface Workbench {
  readonly dir: string
  try(change: Change): Promise<Seen>
  /** Makes a change for good, builds, and answers what ran again and what was printed. */
  next(change: Change): Promise<Pick<Seen, 'again' | 'printed'>>
}

type Host = Installed | Bundler

/** Rollup and Rolldown are installed with Vite 8. */
function isInstalled(host: Host): host is Installed {
  return host !== 'rollup' && host !== 'rolldown'
}

/** Writes a project (its own workspace and repository) where a host's packages resolve, and builds it cold. */
export async function openWorkbench(
  host: Host,
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Promise<Workbench> {
  const installed = isInstalled(host) ? host : 'vite-8'
  const home = tempDir(installed)
  const modules = hostModules(installed)
  const dir = path.join(home, 'app')
  const stores = { used: path.join(home, 'store'), kept: path.join(home, 'store-cold') }
  for (const [name, text] of Object.entries(files)) write(dir, name, text)
  git(dir, 'init', '--quiet')
  commit(dir)
  const first = git(dir, 'rev-parse', 'HEAD')

  const cold = await build('cold', { env })
  fs.cpSync(stores.used, stores.kept, { recursive: true })
  return { dir, try: tryChange, next }

  function apply(change: Change): void {
    for (const [name, text] of Object.entries(change.files ?? {})) {
      if (text === null) fs.rmSync(path.join(dir, name))
      else write(dir, name, text)
    }
    change.run?.(dir)
  }

  async function next(change: Change): Promise<Pick<Seen, 'again' | 'printed'>> {
    apply(change)
    const { calls, stdout, stderr } = await build('warm', change)
    return { again: [...calls.keys()], printed: stdout + stderr }
  }

  async function tryChange(change: Change): Promise<Seen> {
    fs.rmSync(stores.used, { recursive: true, force: true })
    fs.cpSync(stores.kept, stores.used, { recursive: true })
    apply(change)
    try {
      const [warm, plain] = await Promise.all([build('warm', change), build('plain', change)])
      const stats = await lastStats(stores.used)
      return {
        again: [...warm.calls.keys()],
        all: [...plain.calls.keys()],
        given: new Set([...plain.calls].filter(isOther).map(([call]) => call)),
        differences: compareDirs(path.join(home, 'plain'), path.join(home, 'warm')),
        recomputed: stats!.recomputed,
        printed: warm.stdout + warm.stderr,
      }
    } finally {
      for (const name of Object.keys(change.files ?? {})) {
        fs.rmSync(path.join(dir, name), { force: true })
      }
      for (const [name, text] of Object.entries(files)) write(dir, name, text)
      git(dir, 'reset', '--quiet', first)
    }
  }

  function isOther([call, codes]: [string, string]): boolean {
    return cold.calls.has(call) && cold.calls.get(call) !== codes
  }

  async function build(
    as: 'cold' | 'warm' | 'plain',
    { args = [], env: more }: Change,
  ): Promise<RunResult & { calls: Calls }> {
    const calls = path.join(home, `${as}.json`)
    fs.rmSync(path.join(home, as), { recursive: true, force: true })
    const [script, ...given] = commandOf(host, modules, path.join(home, as))
    const result = await runNodeOrThrow(script!, {
      cwd: dir,
      args: [...given, ...args],
      env: {
        REMEMBER_DIR: stores.used,
        // set in both, for plugins may look at the whole environment
        REMEMBER: as === 'plain' ? 'off' : 'readwrite',
        BEHAVIOUR_CALLS: calls,
        ...env,
        ...more,
      },
    })
    return { ...result, calls: rememberedCalls(calls, dir) }
  }
}

function commandOf(host: Host, modules: string, out: string): string[] {
  if (host === 'rollup') {
    return [path.join(modules, 'rollup/dist/bin/rollup'), '-c', '--dir', out]
  }
  if (host === 'rolldown') {
    return [path.join(modules, 'rolldown/bin/cli.mjs'), '-c', '--dir', out]
  }
  return [path.join(modules, 'vite/bin/vite.js'), 'build', '--emptyOutDir', '--outDir', out]
}

/** Call → digests of the code it was given, by name. */
type Calls = ReadonlyMap<string, string>

function rememberedCalls(file: string, dir: string): Calls {
  const noted = JSON.parse(fs.readFileSync(file, 'utf8')) as [call: string, code: string][]
  const calls = new Map<string, string>()
  for (const [call, code] of noted
    .filter(([call]) => {
      const [plugin = '', hook] = call.split(' ') as [string, HookName]
      const policy = findPolicy(plugin)
      if (plugin.startsWith('own-')) return true
      return policy?.verdict === 'cache' && policy.hooks.includes(hook)
    })
    .map(([call, code]) => [call.replaceAll(`${dir}/`, ''), code] as const)
    .toSorted()) {
    calls.set(call, `${calls.get(call) ?? ''}${code}`)
  }
  return calls
}

function write(dir: string, name: string, text: string): void {
  const file = path.join(dir, name)
  fs.mkdirSync(path.dirname(file), { recursive: true })
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === text) return
  fs.writeFileSync(file, text)
}

/** An empty commit: another HEAD. */
export function commit(dir: string): void {
  const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.org']
  git(dir, ...author, 'commit', '--quiet', '--allow-empty', '--message', 'x')
}

function git(dir: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: dir, encoding: 'utf8' }).trim()
}
