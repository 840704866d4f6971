import childProcess, { execFile, execFileSync, exec, spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { build, createCalls, project, statsOf, write } from './harness.ts'

// What a process reads is seen by nobody: a call that starts one runs in every build.

// taken long before anybody watches, as packages do
const cat = promisify(execFile)

const ways: Record<string, (file: string) => string | Promise<string>> = {
  'execFile, kept': async (file) => (await cat('cat', [file])).stdout,
  exec: async (file) => (await promisify(exec)(`cat '${file}'`)).stdout,
  'spawn with a shell': (file) => outputOf(spawn(`cat '${file}'`, { shell: true })),
  execFileSync: (file) => String(execFileSync('cat', [file], { stdio: 'pipe' })),
  spawnSync: (file) => String(spawnSync('cat', [file]).stdout),
  'execSync by its module': (file) =>
    String(childProcess.execSync(`cat '${file}'`, { stdio: 'pipe' })),
}

function outputOf(child: childProcess.ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    child.stdout!.on('data', (chunk: Buffer) => (text += String(chunk)))
    child.on('close', () => resolve(text))
  })
}

const files = { 'main.js': `import './a.js'\nimport './b.js'\n`, 'a.js': '', 'b.js': '' }

describe.each(['vite-8', 'rollup'] as const)('%s', (host) => {
  test.each(Object.keys(ways))('%s', async (way) => {
    const root = project({ ...files, 'data.txt': 'one' })
    const calls = createCalls()
    const plugins = () => [
      {
        name: 'starts',
        async transform(_: string, id: string) {
          const [name] = /[ab]\.js$/.exec(id) ?? []
          if (!name) return null
          calls.emit('call', name)
          const text = name === 'b.js' ? name : await ways[way]!(path.join(root, 'data.txt'))
          return { code: `console.log('${name}', '${text}')`, map: null }
        },
      },
    ]
    const remember = { include: ['starts'] }
    await build({ host, root, plugins, remember })
    write(root, 'data.txt', 'two')
    calls.take()
    const warm = await build({ host, root, plugins, remember })
    // the other one too, where the environment that it was given differs by now
    expect(calls.take()).toContain('a.js')
    expect((await statsOf(root)).notStoredReasons).toEqual({ 'started a process: cat': 1 })
    const plain = await build({ host, root, plugins, remember: false })
    expect(warm.files).toEqual(plain.files)
  })
})

test('a helper of an installed package is known of plugins that have a policy, and of no other', async () => {
  const root = project({ ...files, 'node_modules/helper/run': '#!/bin/sh\necho one\n' })
  const helper = path.join(root, 'node_modules/helper/run')
  fs.chmodSync(helper, 0o755)
  const calls = createCalls()
  const named = (name: string) => ({
    name,
    transform(code: string, id: string) {
      if (!id.endsWith('a.js')) return null
      calls.emit('call', name)
      const said = String(execFileSync(helper, { stdio: 'pipe' })).trim()
      return { code: `${code}\nconsole.log('${said}')`, map: null }
    },
  })
  const plugins = () => [named('babel'), named('stranger')]
  const remember = { include: ['stranger'] }
  await build({ host: 'rollup', root, plugins, remember })
  calls.take()
  await build({ host: 'rollup', root, plugins, remember })
  expect(calls.take()).toEqual(['stranger'])
})
