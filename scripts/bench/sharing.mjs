import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { generate } from '../generate.mjs'
import { buildCommand } from '../lib/buildCommand.mjs'
import { compareDirs } from '../lib/compareDirs.mjs'
import { runNodeOrThrow } from '../lib/runNode.mjs'
import { count, seconds } from '../lib/text.mjs'
import { badServers } from './badServers.mjs'
import { farRemote } from './far.mjs'
import { median } from './statistics.mjs'
import { markdownTable } from './tables.mjs'

const root = path.resolve(import.meta.dirname, '../..')

/** How much longer a build with an empty store takes when its remote fails. Gives a Markdown table. */
export async function measureFaults({ runs, home, log, sizes: [size] = [0] }) {
  const bench = await prepare(home, size)
  const results = Object.fromEntries(Object.keys(badServers).map((name) => [name, []]))
  for (let round = 1; round <= runs; round++) {
    log(`round ${round} of ${runs}`)
    for (const [name, start] of Object.entries(badServers)) {
      // side by side, as what else the machine does changes
      const alone = await bench.run('faults', { store: 'empty' })
      const server = await start()
      const failing = await bench.run('faults', { store: 'empty', remote: server.url })
      await server.stop()
      results[name].push({ more: failing.wallMs - alone.wallMs, line: sharedLine(failing.stdout) })
    }
  }
  const rows = Object.entries(results).map(([name, rounds]) => {
    const more = rounds.map((each) => each.more)
    return [name, seconds(median(more)), seconds(Math.max(...more)), rounds.at(-1).line]
  })
  return markdownTable(['fault', 'longer by', 'at most', 'what the build says'], rows)
}

/** What a new machine whose remote is 20 ms away takes longer than one that has it all. */
export async function measureRemote({ runs, home, log, sizes: [size] = [5000] }) {
  const bench = await prepare(home, size)
  const remote = await farRemote(20)
  log(`building ${size} components cold, and pushing`)
  const pushed = await bench.run('remote', { store: 'empty', remote: remote.url })
  const { requests, bytes } = remote.take()
  bench.keep('kept')
  const rounds = []
  for (let round = 1; round <= runs; round++) {
    log(`round ${round} of ${runs}`)
    const local = await bench.run('remote', { store: 'kept' })
    const fresh = await bench.run('remote', { store: 'empty', remote: remote.url })
    rounds.push({ local, fresh, ...remote.take() })
  }
  remote.stop()
  const middle = (pick) => median(rounds.map(pick))
  const row = (name, pick, requested) => [
    name,
    seconds(middle((round) => pick(round).wallMs)),
    seconds(middle((round) => pick(round).cpuMs)),
    requested,
  ]
  const table = markdownTable(
    ['build', 'wall', 'CPU', 'requests'],
    [
      ['cold, and pushes', seconds(pushed.wallMs), seconds(pushed.cpuMs), requests],
      row('warm, from its own store', ({ local }) => local, 0),
      row('warm, from a remote 20 ms away', ({ fresh }) => fresh, rounds.at(-1).requests),
    ],
  )
  const more = middle(({ local, fresh }) => fresh.wallMs - local.wallMs)
  const moreCpu = middle(({ local, fresh }) => fresh.cpuMs - local.cpuMs)
  const last = rounds.at(-1)
  return `${table}

- the remote costs ${seconds(more)} (CPU ${seconds(moreCpu)}); ${count(bytes)} bytes travel
- ${sharedLine(pushed.stdout)}
- ${sharedLine(last.fresh.stdout)}`
}

async function prepare(home, size) {
  rmSync(home, { recursive: true, force: true })
  mkdirSync(home, { recursive: true })
  const dir = path.join(home, 'app')
  await generate('vue', size, dir)
  const placeOf = (store) => path.join(home, `store-${store}`)

  async function run(name, { store, remote = '', env = {} }) {
    if (store === 'empty') rmSync(placeOf(store), { recursive: true, force: true })
    const { script, args } = buildCommand('vue', path.join(root, 'node_modules'))
    const out = path.join(home, 'out', name)
    const report = path.join(home, 'report.json')
    const result = await runNodeOrThrow(script, {
      cwd: dir,
      args,
      nodeArgs: ['--import', pathToFileURL(path.join(root, 'scripts/bench/measure.mjs')).href],
      env: {
        PLAYGROUND_OUT: out,
        BENCH_REPORT: report,
        REMEMBER_DIR: placeOf(store),
        REMEMBER_REMOTE: remote,
        REMEMBER_SCOPE: 'main',
        // in a CI nothing is written without a key
        CI: '',
        GITHUB_ACTIONS: '',
        ...env,
      },
    })
    const differences = compareDirs(path.join(home, 'out/plain'), out)
    if (differences.length > 0) throw new Error(`${name} differs:\n${differences.join('\n')}`)
    return { ...result, ...JSON.parse(readFileSync(report, 'utf8')), wallMs: result.wallMs }
  }

  await run('plain', { store: 'plain', env: { PLAYGROUND_PLAIN: '1' } })
  return {
    run,
    /** Keeps what the last build stored under another name. */
    keep: (store) => cpSync(placeOf('empty'), placeOf(store), { recursive: true }),
  }
}

/** What a build says of sharing. */
function sharedLine(stdout) {
  return (
    stdout
      .split('\n')
      .map((line) => line.trim())
      .find((line) => line.includes('shared')) ?? ''
  )
}
