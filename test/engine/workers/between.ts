import { openCache } from '../../../src/engine/index.ts'

/** Opens a store, waits for a word, and asks for what another process has stored meanwhile. */
const [dir = ''] = process.argv.slice(2)

const cache = await openCache({ dir })
process.stdout.write('ready\n')
await new Promise((resolve) => process.stdin.once('data', resolve))
const { status } = await cache.remember({ namespace: 'test', parts: { id: 'a' } }, () => 'computed')
await cache.close()
process.stdin.destroy()
process.stdout.write(`${JSON.stringify({ status })}\n`)
