import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { runNodeOrThrow } from '../lib/runNode.mjs'
import { median } from './statistics.mjs'
import { markdownTable } from './tables.mjs'

const root = path.resolve(import.meta.dirname, '../..')
const doors = ['vite', 'rollup', 'rolldown']

/**
 * What it costs to import the plugin beside its host, by pairs of processes: one imports the host,
 * the other one both. Gives a Markdown table of the differences within the pairs.
 */
export async function measureStartup({ runs, log }) {
  const rows = []
  for (const door of doors) {
    log(`${door}, ${runs} pairs`)
    const own = pathToFileURL(path.join(root, 'dist', `${door}.js`)).href
    const pairs = []
    for (let round = 1; round <= runs; round++) {
      pairs.push({ host: await imported(door), both: await imported(door, own) })
    }
    const ms = (pick) => `${median(pairs.map(pick)).toFixed(1)} ms`
    rows.push([
      door,
      ms(({ host }) => host.wallMs),
      ms(({ host, both }) => both.wallMs - host.wallMs),
      ms(({ host }) => host.cpuMs),
      ms(({ host, both }) => both.cpuMs - host.cpuMs),
    ])
  }
  return markdownTable(['host', 'wall', 'the plugin adds', 'CPU', 'the plugin adds'], rows)
}

/** Milliseconds since the process began, and those of the processor, when all is imported. */
async function imported(...modules) {
  const code = [
    ...modules.map((name) => `await import(${JSON.stringify(name)})`),
    'const { user, system } = process.cpuUsage()',
    'console.log(JSON.stringify({ wallMs: performance.now(), cpuMs: (user + system) / 1000 }))',
  ].join('\n')
  const { stdout } = await runNodeOrThrow('--eval', {
    cwd: root,
    nodeArgs: ['--input-type=module'],
    args: [code],
  })
  return JSON.parse(stdout)
}
