// One measurement of the engine in a process of its own; prints it as JSON.
//
//   node scripts/bench/engine.mjs fill|hit|open <folder of a store> <entries> <bytes per value>
import { openCache } from '../../dist/engine.js'
import { median, quantile } from './statistics.mjs'

const [task, dir, entries, bytes] = process.argv.slice(2)
const tasks = { fill, hit, open }
console.log(JSON.stringify(await tasks[task](Number(entries), Number(bytes))))

/** Calls that find nothing: the time of each, and of all with their storing. */
async function fill(count, size) {
  const values = Array.from({ length: count }, (_, index) => valueOf(index, size))
  const cache = await openCache({ dir })
  const started = performance.now()
  const times = await callAll(cache, values.keys(), (index) => values[index])
  await cache.close()
  return { ...summary(times), allUs: ((performance.now() - started) * 1000) / count }
}

/** Calls that find their value on disk, each key once, in no order of the disk. */
async function hit(count, size) {
  const cache = await openCache({ dir })
  const order = shuffled([...Array(count).keys()])
  const times = await callAll(cache, order, () => {
    throw new Error('a miss')
  })
  const first = await cache.remember(request(0), () => 'a miss')
  if (first.value.code.length !== valueOf(0, size).code.length) throw new Error('a wrong value')
  await cache.close()
  return summary(times)
}

/** Opening, and opening with the first answer. */
async function open() {
  const started = performance.now()
  const cache = await openCache({ dir })
  const openMs = performance.now() - started
  const { status } = await cache.remember(request(0), () => 'a miss')
  const answerMs = performance.now() - started
  if (status !== 'hit') throw new Error('a miss')
  await cache.close()
  return { openMs, answerMs }
}

async function callAll(cache, order, compute) {
  const times = []
  for (const index of order) {
    const started = performance.now()
    await cache.remember(request(index), () => compute(index))
    times.push((performance.now() - started) * 1000)
  }
  return times
}

function summary(times) {
  return { medianUs: median(times), p99Us: quantile(times, 0.99) }
}

function request(index) {
  return { namespace: 'bench', parts: { id: `src/module-${index}.vue`, index } }
}

/** Like a transformed module: code, and a source map of a quarter of its size. */
function valueOf(index, size) {
  const next = randomNumbers(index)
  const words = (length) => {
    let text = ''
    while (text.length < length) text += `${next().toString(36)} `
    return text.slice(0, length)
  }
  return { code: words(size * 0.8), map: { version: 3, mappings: words(size * 0.2), names: [] } }
}

function shuffled(list) {
  const next = randomNumbers(1)
  for (let left = list.length - 1; left > 0; left--) {
    const other = next() % (left + 1)
    ;[list[left], list[other]] = [list[other], list[left]]
  }
  return list
}

/** xorshift32: the same numbers in every run. */
function randomNumbers(seed) {
  let state = (seed + 1) * 2654435761
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}
