import { openCache } from '../../../src/engine/index.ts'

/** Asks, in a process of its own, for what modes.test.ts stores; prints what it is given. */
const [dir = ''] = process.argv.slice(2)

const cache = await openCache({ dir, mode: 'readonly' })
const { value } = await cache.remember({ namespace: 'test', parts: { id: 'a' } }, () => 'computed')
await cache.close()
process.stdout.write(`${JSON.stringify({ value })}\n`)
