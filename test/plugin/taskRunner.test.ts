import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { runNodeOrThrow } from '../support/runNode.ts'
import { tempDir } from '../support/temp.ts'

// `vp run` gives the processes of a task a module by which they tell what they read and write

const runner = `
const fs = require('node:fs')
const told = (what) => (path) => fs.appendFileSync(process.env.TOLD, what + ' ' + path + '\\n')
exports.load = () => ({ ignoreInput: told('input'), ignoreOutput: told('output') })
`
const script = `
import { rollup } from 'rollup'
import remember from 'vite-plugin-remember/rollup'
const bundle = await rollup({ input: 'main.js', plugins: [remember({ summary: false })] })
await bundle.close()
`

test('Vite Task is told that the store is neither read nor written', async () => {
  const dir = tempDir('vite-8')
  const files = { 'runner.cjs': runner, 'build.mjs': script, 'main.js': '', 'package.json': '{}' }
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(dir, name), text)
  const store = path.join(dir, 'store')
  const build = (client: string | undefined): Promise<unknown> =>
    runNodeOrThrow(path.join(dir, 'build.mjs'), {
      cwd: dir,
      env: {
        VP_RUN_NODE_CLIENT_PATH: client,
        TOLD: path.join(dir, 'told'),
        REMEMBER_DIR: store,
      },
    })
  await build(path.join(dir, 'runner.cjs'))
  expect(fs.readFileSync(path.join(dir, 'told'), 'utf8')).toBe(`input ${store}\noutput ${store}\n`)
  fs.rmSync(path.join(dir, 'told'))
  // outside of a task, and where the runner's module can't be loaded
  await build(undefined)
  await build(path.join(dir, 'missing.cjs'))
  expect(fs.existsSync(path.join(dir, 'told'))).toBe(false)
  expect(fs.existsSync(store)).toBe(true)
})
