import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { compareDirs } from '../support/compareDirs.ts'
import { copyPlayground } from '../support/playground.ts'

// A Rollup config array: many builds in one process. Equal Babel calls run once
// even in the cold build; configs whose Babel options differ never share.

const counter = JSON.stringify(path.resolve(import.meta.dirname, 'countCalls.mjs'))

const config = `import configs from './rollup.array.config.js'
import { countPlugins } from ${counter}
// the last two have targets of their own, all others the same
configs.forEach(({ plugins, output }, index) => {
  countPlugins(plugins, index < configs.length - 2 ? '' : ' ' + index)
  for (const { plugins: own } of output) countPlugins(own)
})
export default configs
`

test('equal Babel calls run once, others never share', async () => {
  const playground = await copyPlayground('rollup-library', 'vite-8', 40)
  fs.writeFileSync(path.join(playground.dir, 'counted.config.js'), config)
  const build = async (out: string, plain: boolean): Promise<string[]> => {
    const calls = path.join(playground.dir, 'calls.json')
    await playground.build(out, {
      config: 'counted.config.js',
      env: { PLAYGROUND_PLAIN: plain ? '1' : undefined, REMEMBER_TEST_CALLS: calls },
    })
    return (JSON.parse(fs.readFileSync(calls, 'utf8')) as string[][])
      .filter(([plugin, hook]) => plugin!.startsWith('babel') && hook === 'transform')
      .map((call) => call.join(' '))
      .sort()
  }

  const plain = await build('plain', true)
  const distinct = [...new Set(plain)]
  expect(new Set(distinct.map((call) => call.split(' transform ')[0])).size).toBe(3)
  expect(distinct.length).toBeLessThan(plain.length)

  expect(await build('cold', false)).toEqual(distinct)
  expect(await build('warm', false)).toEqual([])
  for (const out of ['cold', 'warm']) {
    expect(compareDirs(path.join(playground.dir, 'plain'), path.join(playground.dir, out))).toEqual(
      [],
    )
  }
})
