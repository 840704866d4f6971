import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { describe, expect, test } from 'vitest'
import { generate } from '../../scripts/generate.mjs'
import { type Checkout, installPackages, makeCheckout, openCheckout } from '../support/checkout.ts'
import { compareDirs, listFiles } from '../support/compareDirs.ts'
import { some } from '../support/some.ts'
import { tempDir } from '../support/temp.ts'
import { countedConfig, rememberedCalls } from './counted.ts'

// Two checkouts of one app on different paths share a store. The second builds
// with everything that the first would reuse itself, and what comes out is what
// its own build without us gives, maps included.

interface App {
  readonly app: string
  /** Rollup's config; Vite's is `vite.config.js`. */
  readonly config?: string
}

const apps: readonly App[] = [
  { app: 'vue' },
  { app: 'css' },
  { app: 'svelte' },
  { app: 'mdx' },
  { app: 'react-compiler' },
  { app: 'rollup-library', config: 'rollup.config.js' },
  { app: 'rollup-library', config: 'rollup.esbuild.config.js' },
]

interface Run extends App {
  readonly sourcemap: boolean
  readonly store: string
  readonly plain?: boolean
  readonly cwd?: string
}

/** Builds into `out` of the app's folder and answers which remembered hooks ran. */
async function build(checkout: Checkout, out: string, run: Run): Promise<string[]> {
  const { config, sourcemap, store, plain = false, cwd } = run
  fs.copyFileSync(
    path.join(import.meta.dirname, 'countCalls.mjs'),
    path.join(checkout.app, 'countCalls.mjs'),
  )
  const calls = path.join(path.dirname(store), 'calls.json')
  await checkout.build(out, {
    config: countedConfig(checkout.app, config, './countCalls.mjs'),
    store,
    ...(cwd !== undefined && { cwd }),
    env: {
      PLAYGROUND_PLAIN: plain ? '1' : undefined,
      PLAYGROUND_SOURCEMAP: sourcemap ? '1' : undefined,
      REMEMBER_TEST_CALLS: calls,
    },
  })
  return rememberedCalls(calls, fs.realpathSync(checkout.app))
}

/** Expects that a build of a checkout runs no more than `warm`, and gives what its plain build gives. */
async function expectReuse(checkout: Checkout, run: Run, warm: readonly string[]): Promise<void> {
  const plain = await build(checkout, 'out-a', { ...run, plain: true })
  expect(warm.length).toBeLessThan(plain.length / 2)
  expect(await build(checkout, 'out-b', run)).toEqual(warm)
  expect(compareDirs(path.join(checkout.app, 'out-a'), path.join(checkout.app, 'out-b'))).toEqual(
    [],
  )
}

const withMaps = apps.map((app) => ({ ...app, sourcemap: true }))
const withoutMaps = apps.map((app) => ({ ...app, sourcemap: false }))

describe.each([...some(4, withMaps), ...some(1, withoutMaps)])(
  '$app $config, sourcemap $sourcemap',
  (app) => {
    test('another checkout reuses all that this one would', async () => {
      const home = tempDir()
      const run: Run = { ...app, store: path.join(home, 'store') }
      const first = await makeCheckout(path.join(home, 'a'), app.app)
      await build(first, 'cold', run)
      const warm = await build(first, 'warm', run)

      const second = await makeCheckout(path.join(home, 'zweite Kopie', 'äpp-é'), app.app)
      await expectReuse(second, run, warm)
      if (app.sourcemap) expectRightPositions(path.join(second.app, 'out-b'))
    })
  },
)

/** Texts in quotes are found in the sources where the maps say they come from. */
function expectRightPositions(dir: string): void {
  let traced = 0
  for (const name of listFiles(dir).filter((each) => each.endsWith('.map'))) {
    const file = path.join(dir, name)
    const trace = new TraceMap(fs.readFileSync(file, 'utf8'))
    const code = fs.readFileSync(file.slice(0, -'.map'.length), 'utf8')
    code.split('\n').forEach((line, at) => {
      for (const { index, 1: text } of line.matchAll(/["'`]([\w ]{6,})["'`]/g)) {
        const { source, line: from } = originalPositionFor(trace, { line: at + 1, column: index })
        if (source === null) continue
        const original = trace.sourcesContent?.[trace.sources.indexOf(source)]
        if (!original?.includes(text!)) continue
        const onDisk = path.resolve(path.dirname(file), source)
        if (fs.existsSync(onDisk)) expect(fs.readFileSync(onDisk, 'utf8')).toBe(original)
        // what a template becomes is mapped to its element, whose attributes may be on lines of their own
        const around = original.split('\n').slice(Math.max(0, from - 4), from + 8)
        if (around.join('\n').includes(text!)) traced++
        else if (original.split(text!).length === 2) expect(around.join('\n')).toContain(text)
      }
    })
  }
  expect(traced).toBeGreaterThan(2)
}

const vue = { app: 'vue', sourcemap: true }

test('the same checkout, moved, and reached through a link', async () => {
  const home = tempDir()
  const run: Run = { ...vue, store: path.join(home, 'store') }
  const before = await makeCheckout(path.join(home, 'before', 'it-was-moved'), vue.app)
  await build(before, 'cold', run)
  const warm = await build(before, 'warm', run)

  const dir = path.join(home, 'moved', 'to', 'somewhere-else')
  fs.mkdirSync(path.dirname(dir), { recursive: true })
  fs.renameSync(before.dir, dir)
  fs.rmdirSync(path.dirname(before.dir))
  const moved = openCheckout(dir, vue.app, path.join(dir, 'apps', vue.app))
  await expectReuse(moved, run, warm)

  const link = path.join(home, 'link')
  fs.symlinkSync(dir, link, 'junction')
  const linked = openCheckout(link, vue.app, path.join(link, 'apps', vue.app))
  // the system names the working directory by its real path
  await expectReuse(linked, { ...run, cwd: linked.app }, warm)
})

test('a git worktree of an app that is no workspace', async () => {
  const home = tempDir()
  const run: Run = { ...vue, store: path.join(home, 'store') }
  const main = path.join(home, 'main')
  const git = (...args: string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], {
      cwd: main,
      stdio: 'pipe',
    })
  await generate(vue.app, 0, main)
  fs.writeFileSync(path.join(main, '.gitignore'), 'node_modules\nout*\ncold\nwarm\n')
  git('init', '-q')
  git('add', '.')
  git('commit', '-qm', 'all')
  const tree = path.join(home, 'trees', 'of-a-branch')
  git('worktree', 'add', '-q', tree)
  for (const dir of [main, tree]) installPackages(dir)

  const first = openCheckout(main, vue.app, main)
  await build(first, 'cold', run)
  const warm = await build(first, 'warm', run)
  await expectReuse(openCheckout(tree, vue.app, tree), run, warm)
})
