import fs from 'node:fs'
import path from 'node:path'
import { generate } from '../../scripts/generate.mjs'
import { buildCommand } from '../../scripts/lib/buildCommand.mjs'
import type { BuildOptions } from './playground.ts'
import { runNodeOrThrow, type RunResult } from './runNode.ts'
import { repository } from './temp.ts'

/** A checkout of a project that has everything it needs in its own folder, so that nothing ties it to where it is. */
export interface Checkout {
  readonly dir: string
  /** Where the app is. */
  readonly app: string
  /** Builds in a process of its own. `cwd` when the app's folder is to be reached another way. */
  build(
    outDir: string,
    options: BuildOptions & { readonly store: string; readonly cwd?: string },
  ): Promise<RunResult>
}

/** Makes a checkout of a workspace with one app of playground/ in it, its packages installed. */
export async function makeCheckout(dir: string, app: string): Promise<Checkout> {
  const checkout = openCheckout(dir, app, path.join(dir, 'apps', app))
  await generate(app, 0, checkout.app)
  const manifest = { name: 'workspace', private: true, workspaces: ['apps/*'] }
  fs.writeFileSync(path.join(dir, 'package.json'), JSON.stringify(manifest))
  installPackages(dir)
  return checkout
}

/** A checkout that is there, e.g. one that was moved. */
export function openCheckout(dir: string, name: string, app: string): Checkout {
  return {
    dir,
    app,
    build(outDir, { env, config, store, cwd = app }) {
      const { script, args } = buildCommand(name, path.join(dir, 'node_modules'), config)
      const places = { PLAYGROUND_OUT: outDir, REMEMBER_DIR: store, PWD: cwd }
      return runNodeOrThrow(script, { cwd, args, env: { ...places, ...env } })
    },
  }
}

/** Files are linked, not copied: there are thousands of them, and nobody writes to them. */
export function installPackages(dir: string): void {
  const modules = path.join(dir, 'node_modules')
  linkTree(path.join(repository, 'node_modules'), modules)
  const own = path.join(modules, 'vite-plugin-remember')
  fs.rmSync(own, { recursive: true, force: true })
  linkTree(path.join(repository, 'dist'), path.join(own, 'dist'))
  fs.copyFileSync(path.join(repository, 'package.json'), path.join(own, 'package.json'))
}

function linkTree(from: string, to: string): void {
  fs.mkdirSync(to, { recursive: true })
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)]
    // caches, and members of this workspace
    if (/^\.(?!bin$)/.test(entry.name) || entry.name.startsWith('playground-')) continue
    if (entry.isDirectory()) linkTree(source, target)
    else if (entry.isSymbolicLink()) fs.symlinkSync(fs.readlinkSync(source), target)
    else fs.linkSync(source, target)
  }
}
