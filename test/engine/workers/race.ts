import { openCache } from '../../../src/engine/index.ts'

/** Remembers keys that others remember too, and prints how each ended. Values differ by writer, on purpose. */
const [dir = '', writer = '', keys = '0', every = '100'] = process.argv.slice(2)

const cache = await openCache({ dir })
process.stdout.write('ready\n')
await new Promise((resolve) => process.stdin.once('data', resolve))
process.stdin.destroy()

const ends: [number, string, string][] = []
const order = Array.from({ length: Number(keys) }, (_, i) => i).sort(() => Math.random() - 0.5)
for (const [count, i] of order.entries()) {
  const request = { namespace: 'race', parts: { i }, tags: [`by ${writer}`], label: `key ${i}` }
  const result = await cache.remember(request, () => ({ i, writer, pad: 'x'.repeat(500) }))
  void result.committed.then(({ status, value }) => ends.push([i, status, value.writer]))
  if (count % Number(every) === 0) await cache.flush()
}
await cache.close()
const faults = cache.faults.map(({ code }) => code)
process.stdout.write(`${JSON.stringify({ ends, faults })}\n`)
