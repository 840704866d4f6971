import path from 'node:path'
import { expect, test } from 'vitest'
import { runNodeOrThrow } from '../support/runNode.ts'
import { repository, tempDir } from '../support/temp.ts'

test.each(['rollup', 'rolldown'])('%s: fifty rebuilds keep no old code', async (host) => {
  const script = path.join(import.meta.dirname, 'memoryChild.mjs')
  const options = {
    args: [host, tempDir(), path.join(repository, 'dist')],
    nodeArgs: ['--expose-gc'],
  }
  // what is answered from the store is kept for plugins that have to catch up
  await runNodeOrThrow(script, options)
  const { stdout } = await runNodeOrThrow(script, options)
  const kept = JSON.parse(stdout.trim().split('\n').at(-1)!) as string[]
  expect(kept).toContain('generation-50-of-part')
  // the host may still hold the build before
  expect(kept.length).toBeLessThan(5)
})
