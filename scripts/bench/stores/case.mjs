import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { count } from '../../lib/text.mjs'
import { runNodeOrThrow } from '../../lib/runNode.mjs'
import { ready } from '../peers/ready.mjs'
import { median, pairedRatio } from '../statistics.mjs'
import { markdownTable, mebibytes } from '../tables.mjs'
import { writeValues } from './values.mjs'

const worker = path.resolve(import.meta.dirname, 'worker.mjs')
const processes = 4
const names = [
  'engine',
  'cacache',
  'keyv, keyv-file',
  'unstorage, fs-lite',
  'Metro FileStore',
  'plain files',
]

/**
 * The engine beside other stores on the same data. In each round every store is filled, read and
 * opened, one after the other, from another one on each time. A table for each number of entries.
 */
export async function measureStores({ runs, sizes = [1000, 10_000], home, log }) {
  ready()
  mkdirSync(home, { recursive: true })
  await writeValues(path.join(home, 'values.json'))
  const parts = []
  for (const entries of sizes) {
    const rounds = []
    for (let round = 0; round < runs; round++) {
      const results = {}
      for (const at of names.keys()) {
        const name = names[(at + round) % names.length]
        log(`${count(entries)} entries, round ${round + 1} of ${runs}: ${name}`)
        results[name] = await measure(name, entries, home)
      }
      rounds.push(results)
    }
    parts.push(`${count(entries)} entries, ${runs} rounds\n\n${describe(rounds)}`)
  }
  return parts.join('\n\n')
}

async function measure(name, entries, home) {
  const dir = path.join(home, 'store')
  const run = (task, first = 0, count = entries) =>
    runWorker(name, task, dir, first, count, path.join(home, 'values.json'))
  rmSync(dir, { recursive: true, force: true })
  const put = await run('put')
  const bytes = bytesBelow(dir)
  const get = await run('get')
  const open = await run('open')
  rmSync(dir, { recursive: true, force: true })
  const share = entries / processes
  const atOnce = await Promise.all(
    Array.from({ length: processes }, (_, at) => run('both', at * share, share)),
  )
  rmSync(dir, { recursive: true, force: true })
  return { put, get, open, bytes, atOnceMs: Math.max(...atOnce.map(({ ms }) => ms)) }
}

async function runWorker(...args) {
  const { stdout } = await runNodeOrThrow(worker, { args: args.map(String) })
  return JSON.parse(stdout)
}

/** On disk: files take whole blocks. */
function bytesBelow(dir) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + blocks(path.join(entry.parentPath, entry.name)), 0)
}

function blocks(file) {
  const stat = statSync(file)
  return stat.blocks === undefined ? stat.size : stat.blocks * 512
}

function describe(rounds) {
  const ratio = (name, pick) => pairedRatio(rounds, name, 'engine', pick).toFixed(1)
  const middle = (name, pick) => median(rounds.map((round) => pick(round[name])))
  const us = (name, pick) => `${middle(name, pick).toFixed(0)} µs`
  const ms = (name, pick) => `${middle(name, pick).toFixed(0)} ms`
  const fresh = ({ get }) => get.fresh.medianUs
  const put = ({ put }) => put.us
  const putCpu = ({ put }) => put.cpuUs
  const head = [
    'store',
    'get ÷ ours',
    'put ÷ ours',
    'put ÷ ours, CPU',
    'get, fresh process',
    'get again',
    'put',
    'open, first get',
    `put and get by ${processes} processes`,
    'on disk',
    'peak memory',
  ]
  const rows = names.map((name) => [
    name === 'engine' ? '**engine**' : name,
    ratio(name, fresh),
    ratio(name, put),
    ratio(name, putCpu),
    us(name, fresh),
    us(name, ({ get }) => get.warm.medianUs),
    us(name, put),
    ms(name, ({ open }) => open.ms),
    ms(name, ({ atOnceMs }) => atOnceMs),
    mebibytes(middle(name, ({ bytes }) => bytes)),
    mebibytes(middle(name, ({ get }) => get.peakBytes)),
  ])
  return markdownTable(head, rows)
}
