// Preloaded into builds: each process notes at its end what work it took, that of its threads
// with it. On a busy machine this says more than the time on the wall.
import { appendFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

if (isMainThread) {
  process.on('exit', () => {
    const { user, system } = process.cpuUsage()
    appendFileSync(process.env.APPS_CPU, `${(user + system) / 1000}\n`)
  })
}
