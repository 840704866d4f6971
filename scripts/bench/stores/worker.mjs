// One measurement of one store in a process of its own; prints it as JSON.
//
//   node scripts/bench/stores/worker.mjs <store> put|get|open|both <folder> <first> <count> <values>
import { stores } from '../peers/stores.mjs'
import { median } from '../statistics.mjs'
import { nameOf, readValues } from './values.mjs'

const [name, task, dir, first, count, file] = process.argv.slice(2)
const valueOf = readValues(file)
const indexes = Array.from({ length: Number(count) }, (_, at) => Number(first) + at)
console.log(JSON.stringify(await { put, get, open, both }[task]()))

/** How many calls are on their way at once: a bundler has many. */
async function put() {
  const inFlight = 16
  const values = indexes.map(valueOf)
  const store = await stores[name](dir)
  const cpu = cpuMs()
  const started = performance.now()
  let next = 0
  const lane = async () => {
    for (let at = next++; at < values.length; at = next++) {
      await store.put(nameOf(indexes[at]), values[at])
    }
  }
  await Promise.all(Array.from({ length: inFlight }, lane))
  await store.close()
  const all = performance.now() - started
  return { us: perCall(all), cpuUs: perCall(cpuMs() - cpu) }
}

/** One after the other, in no order of the disk: each value once in a fresh process, and then each again. */
async function get() {
  const order = shuffled(indexes)
  const store = await stores[name](dir)
  const fresh = await pass(store, order)
  const { maxRSS } = process.resourceUsage()
  const warm = await pass(store, order)
  for (const index of order.slice(0, 100)) {
    const [found, wanted] = [await store.get(nameOf(index)), valueOf(index)]
    if (found.code !== wanted.code || found.map.mappings !== wanted.map.mappings) {
      throw new Error(`${name} gave a wrong value`)
    }
  }
  await store.close()
  return { fresh, warm, peakBytes: maxRSS * 1024 }
}

async function pass(store, order) {
  const times = []
  const cpu = cpuMs()
  const began = performance.now()
  for (const index of order) {
    const started = performance.now()
    await store.get(nameOf(index))
    times.push((performance.now() - started) * 1000)
  }
  const us = perCall(performance.now() - began)
  return { medianUs: median(times), us, cpuUs: perCall(cpuMs() - cpu) }
}

/** What one of several processes does that share a store. */
async function both() {
  const started = performance.now()
  await put()
  const store = await stores[name](dir)
  await pass(store, indexes)
  await store.close()
  return { ms: performance.now() - started }
}

/** Opening, with the first answer; loading the package is not in it. */
async function open() {
  await (await stores[name](`${dir}-none`)).close()
  const started = performance.now()
  const store = await stores[name](dir)
  await store.get(nameOf(indexes[0]))
  return { ms: performance.now() - started }
}

function perCall(ms) {
  return (ms * 1000) / indexes.length
}

function cpuMs() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** The same order in every process. */
function shuffled(list) {
  return list
    .map((index) => ({ index, place: (index * 2654435761) % 4294967296 }))
    .sort((a, b) => a.place - b.place)
    .map(({ index }) => index)
}
