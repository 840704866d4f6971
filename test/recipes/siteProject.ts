import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { hostModules, type Host } from '../../scripts/lib/hosts.mjs'
import type { HookName } from '../../src/policies/index.ts'
import { compareDirs } from '../support/compareDirs.ts'
import { runNode, type RunResult } from '../support/runNode.ts'
import { tempDir } from '../support/temp.ts'

type Env = Readonly<Record<string, string>>

/** One build in a process of its own. */
export interface BuiltSite extends RunResult {
  readonly out: string
  /** What ran inside the plugins, e.g. `vitepress transform guide/start.md`, sorted. */
  readonly calls: readonly string[]
}

/** A project of a framework that has a build command of its own. */
export interface Project {
  readonly dir: string
  write(files: Readonly<Record<string, string | null>>): void
  git(...args: string[]): void
  build(name: 'plain' | 'warm', env?: Env): Promise<BuiltSite>
  /** Files that differ between the last plain and the last warm build. */
  differences(): readonly string[]
  /** Builds warm and plain, and answers both with the files that differ. */
  both(env?: Env): Promise<{ warm: BuiltSite; plain: BuiltSite; differences: readonly string[] }>
}

/**
 * Writes a project (its own workspace and repository) where the packages of a host
 * resolve. Its config leaves us out when `PLAYGROUND_PLAIN` is 1, writes to
 * `PLAYGROUND_OUT` and counts calls.
 *
 * @param command a script of the host's packages, and its arguments
 */
export function openProject(
  host: Host,
  files: Readonly<Record<string, string>>,
  [script, ...args]: readonly [string, ...string[]],
): Project {
  const home = tempDir(host)
  const dir = path.join(home, 'site')
  const modules = hostModules(host)

  function write(changes: Readonly<Record<string, string | null>>): void {
    for (const [name, text] of Object.entries(changes)) {
      const file = path.join(dir, name)
      fs.mkdirSync(path.dirname(file), { recursive: true })
      if (text === null) fs.rmSync(file)
      else fs.writeFileSync(file, text)
    }
  }

  function git(...rest: string[]): void {
    const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com']
    execFileSync('git', [...who, ...rest], { cwd: dir, stdio: 'ignore' })
  }

  async function build(name: 'plain' | 'warm', env: Env = {}): Promise<BuiltSite> {
    const out = path.join(home, name)
    const calls = path.join(home, 'calls.json')
    fs.rmSync(out, { recursive: true, force: true })
    const result = await runNode(path.join(modules, script), {
      cwd: dir,
      args,
      env: {
        PLAYGROUND_OUT: out,
        PLAYGROUND_PLAIN: name === 'plain' ? '1' : undefined,
        REMEMBER_DIR: path.join(home, 'store'),
        REMEMBER_TEST_CALLS: calls,
        NO_COLOR: '1',
        ...env,
      },
    })
    const noted = JSON.parse(fs.readFileSync(calls, 'utf8')) as [string, HookName, string][]
    const told = noted.map((call) => call.join(' ').replaceAll(`${dir}/`, '')).sort()
    return { ...result, out, calls: told }
  }

  const differences = (): readonly string[] =>
    compareDirs(path.join(home, 'plain'), path.join(home, 'warm'))

  write(files)
  git('init', '--quiet')
  return {
    dir,
    write,
    git,
    build,
    differences,
    async both(env) {
      const warm = await build('warm', env)
      const plain = await build('plain', env)
      return { warm, plain, differences: plain.code === 0 ? differences() : [] }
    },
  }
}
