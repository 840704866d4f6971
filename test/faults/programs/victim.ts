import { writeSync } from 'node:fs'
import { injectFaults, type Act } from '../injection.ts'

// Runs the script on a store and dies at one operation; prints what it was told until then.
const [dir = '', at = '', kind = 'kill'] = process.argv.slice(2)

const injection = injectFaults()
const { runScript } = await import('../script.ts')
injection.start(dir, Number(at), { kind } as Act)
await runScript(dir, (told) => writeSync(1, `${JSON.stringify(told)}\n`))
