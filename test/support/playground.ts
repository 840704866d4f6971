import path from 'node:path'
import { generate } from '../../scripts/generate.mjs'
import { buildCommand } from '../../scripts/lib/buildCommand.mjs'
import { hostModules, type Host } from '../../scripts/lib/hosts.mjs'
import { runNodeOrThrow, type RunResult } from './runNode.ts'
import { tempDir } from './temp.ts'

export type PlaygroundHost = Host

export interface BuildOptions {
  /** `PLAYGROUND_*` for the app's config, `REMEMBER*` for us. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  /** A config file other than the usual one, relative to the app. */
  readonly config?: string | undefined
}

export interface Playground {
  /** The copy. */
  readonly dir: string
  /** The store its builds use unless `REMEMBER_DIR` says otherwise; empty at first. */
  readonly store: string
  /** Builds in a process of its own into `outDir` (relative to the copy). Throws with the output when it fails. */
  build(outDir: string, options?: BuildOptions): Promise<RunResult>
}

/**
 * Copies an app of playground/ to where the packages of a host resolve, with this
 * project among them. Two copies of one app are two checkouts of it.
 *
 * @param size how many components are generated on top of the app's core.
 */
export async function copyPlayground(
  app: string,
  host: PlaygroundHost,
  size = 0,
): Promise<Playground> {
  const home = tempDir(host)
  const dir = path.join(home, app)
  const store = path.join(home, 'store')
  await generate(app, size, dir)
  const modulesDir = hostModules(host)

  function build(outDir: string, { env, config }: BuildOptions = {}): Promise<RunResult> {
    const { script, args } = buildCommand(app, modulesDir, config)
    const places = { PLAYGROUND_OUT: outDir, REMEMBER_DIR: store }
    return runNodeOrThrow(script, { cwd: dir, args, env: { ...places, ...env } })
  }
  return { dir, store, build }
}
