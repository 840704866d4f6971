import { openCache } from '../../../src/engine/index.ts'
import { valueOf } from './values.ts'

/** Stores one new key after the other until it is killed. */
const [dir = '', first = '0'] = process.argv.slice(2)

const cache = await openCache({ dir })
process.stdout.write('ready\n')
for (let i = Number(first); ; i++) {
  await cache.remember({ namespace: 'write', parts: { i } }, () => valueOf(i))
  // Some of it in larger groups, some alone.
  if (i % 7 === 0 || i % 11 === 0) {
    await cache.flush()
    process.stdout.write(`${i}\n`)
  }
}
