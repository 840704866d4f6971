import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { generate } from '../../generate.mjs'
import { buildCommand } from '../../lib/buildCommand.mjs'
import { compareDirs } from '../../lib/compareDirs.mjs'
import { runNodeOrThrow } from '../../lib/runNode.mjs'
import { seconds } from '../../lib/text.mjs'
import { bytesBelow } from '../bytesBelow.mjs'
import { median, pairedRatio } from '../statistics.mjs'
import { markdownTable, mebibytes } from '../tables.mjs'
import { ready } from './ready.mjs'
import { writeTests } from './tests.mjs'

const here = import.meta.dirname
const modulesDir = path.resolve(here, '../../../node_modules')

/**
 * What can be cached how. Each of `ways` gives, for `(place, isCached)`, the command of one build;
 * it is built plain (without that cache), cold and warm.
 */
const groups = [
  {
    app: 'react-compiler',
    size: 60,
    ways: { 'Vite 8, ours': vite, ...bundlers('react-compiler') },
  },
  { app: 'vue', size: 100, ways: { 'Vite 8, ours': vite, ...bundlers('vue') } },
  {
    app: 'rollup-library',
    size: 60,
    ways: {
      'Rollup 4, ours': rollup('ours'),
      'Rollup 4, rollup-cache': rollup('rollup-cache'),
      'Rollup 4, its own cache on disk': rollup('own'),
    },
  },
  {
    app: 'vue',
    size: 100,
    prepare: writeTests,
    ways: { 'Vitest 4, ours': vitest('ours'), 'Vitest 4, fsModuleCache': vitest('own') },
  },
]

/** Beside what a user would pick instead: same sources, same machine, cold and warm. */
export async function measurePeers({ runs, sizes, home, log }) {
  ready()
  const rows = []
  for (const { app, size, prepare, ways } of groups) {
    rmSync(home, { recursive: true, force: true })
    mkdirSync(home, { recursive: true })
    const dir = path.join(home, 'app')
    const chosen = sizes?.[0] ?? size
    await generate(app, chosen, dir)
    prepare?.(dir)
    const rounds = Object.fromEntries(Object.keys(ways).map((name) => [name, []]))
    // one more, first: files get into the page cache
    for (let round = 0; round <= runs; round++) {
      for (const [name, way] of Object.entries(ways)) {
        log(`${app}, ${name}: ${round === 0 ? 'warming up' : `round ${round} of ${runs}`}`)
        const result = await measure(way, home, name)
        if (round > 0) rounds[name].push(result)
      }
    }
    for (const name of Object.keys(ways))
      rows.push([`${app}, ${chosen}`, ...cells(name, rounds[name])])
  }
  const head = [
    'app',
    'with',
    'plain',
    'cold ÷ plain',
    'warm ÷ plain',
    'the same, CPU',
    'cache',
    'output',
  ]
  return markdownTable(head, rows)
}

function cells(name, rounds) {
  const ratio = (build, pick) => pairedRatio(rounds, build, 'plain', pick).toFixed(2)
  return [
    name,
    seconds(median(rounds.map(({ plain }) => plain.wallMs))),
    ratio('cold'),
    `**${ratio('warm')}**`,
    ratio('warm', ({ cpuMs }) => cpuMs),
    mebibytes(median(rounds.map(({ cacheBytes }) => cacheBytes))),
    rounds.every(({ same }) => same) ? 'identical' : 'differs',
  ]
}

/** Plain, cold and warm; the outputs of all three are compared. */
async function measure(way, home, name) {
  const cache = path.join(home, 'cache', name)
  rmSync(cache, { recursive: true, force: true })
  const place = (build) => ({
    home,
    cache,
    dir: path.join(home, 'app'),
    out: path.join(home, 'out', build),
  })
  const build = async (what, isCached) => {
    rmSync(place(what).out, { recursive: true, force: true })
    return await run(way(place(what), isCached), place(what))
  }
  const plain = await build('plain', false)
  const cold = await build('cold', true)
  const cacheBytes = bytesBelow(cache)
  const warm = await build('warm', true)
  const same = ['cold', 'warm'].every(
    (what) => compareDirs(place('plain').out, place(what).out).length === 0,
  )
  return { plain, cold, warm, cacheBytes, same }
}

async function run({ script, args, env }, { home, dir, out }) {
  const report = path.join(home, 'report.json')
  const { wallMs } = await runNodeOrThrow(script, {
    cwd: dir,
    args,
    nodeArgs: ['--import', pathToFileURL(path.join(here, '../measure.mjs')).href],
    env: { BENCH_REPORT: report, PLAYGROUND_OUT: out, ...env },
  })
  return { wallMs, ...JSON.parse(readFileSync(report, 'utf8')) }
}

function ours(cache, isCached) {
  return isCached ? { REMEMBER_DIR: cache } : { PLAYGROUND_PLAIN: '1' }
}

function vite({ cache }, isCached) {
  return { ...buildCommand('vue', modulesDir), env: ours(cache, isCached) }
}

function bundlers(app) {
  const way =
    (tool, caching) =>
    ({ dir, out, cache }, isCached) => ({
      script: path.join(here, 'bundle.mjs'),
      args: [tool, app, dir, out, isCached ? caching : 'none', cache],
    })
  return {
    'webpack 5, filesystem cache': way('webpack', 'own'),
    ...(app === 'react-compiler' && {
      'webpack 5, cache of babel-loader': way('webpack', 'babel'),
    }),
    'Rspack 2, persistent cache': way('rspack', 'own'),
  }
}

function rollup(caching) {
  return ({ dir, cache }, isCached) => ({
    script: path.join(here, 'rollup.mjs'),
    args: [dir, isCached ? caching : 'none', cache],
    env: ours(cache, isCached && caching === 'ours'),
  })
}

function vitest(caching) {
  return ({ cache, out }, isCached) => ({
    script: path.join(modulesDir, 'vitest/vitest.mjs'),
    args: [
      'run',
      '--config',
      'vitest.config.js',
      '--reporter',
      'json',
      '--outputFile',
      `${out}.json`,
    ],
    env: {
      ...ours(cache, isCached && caching === 'ours'),
      ...(isCached && caching === 'own' && { BENCH_MODULE_CACHE: cache }),
    },
  })
}
