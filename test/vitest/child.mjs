// Watches tests through Vitest's API, in a process of its own started in the
// project's folder, and tells how each run went. `close` ends it.
import process from 'node:process'
import { startVitest } from 'vitest/node'

let vitest
const reporter = {
  onTestRunEnd(modules) {
    const results = modules.flatMap((each) =>
      [...each.children.allTests()].map((test) => ({
        name: test.fullName,
        ...test.result(),
      })),
    )
    const errors = modules.flatMap((each) => each.errors())
    process.send({ results, errors })
  },
}

process.on('message', async () => {
  await vitest.close()
  process.disconnect()
})
vitest = await startVitest('test', ['hello'], { watch: true, reporters: [reporter] })
