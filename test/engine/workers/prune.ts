import { prune } from '../../../src/engine/index.ts'

/** Compacts again and again until its input ends; prints how often it did. */
const [dir = ''] = process.argv.slice(2)

let running = true
process.stdin.on('end', () => (running = false)).resume()
process.stdout.write('ready\n')
let done = 0
while (running) {
  const { status } = await prune({ dir })
  if (status === 'done') done++
  await new Promise((resolve) => setTimeout(resolve, 5))
}
process.stdout.write(`${JSON.stringify({ done })}\n`)
