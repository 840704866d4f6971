import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { hostModules } from '../../scripts/lib/hosts.mjs'
import { tempDir } from '../support/temp.ts'

const plugin = `const stamp = (text) => ({
  name: 'own-stamp',
  transform: (code) => ({ code: code + '\\nconsole.log(' + JSON.stringify(text) + ')\\n', map: null }),
})
`

/** A config whose plugin puts a text into each module. */
function config(host: string, text: string): string {
  return `import remember from 'vite-plugin-remember/${host}'
${plugin}
export default {
  input: 'main.js',
  plugins: [remember({ include: ['own-stamp'] }), stamp('${text}')],
  output: { dir: 'out' },
}
`
}

interface Running {
  /** Waits until something was written that holds a text. */
  said(text: string): Promise<void>
  stop(): Promise<void>
}

function run(dir: string, script: string, args: readonly string[]): Running {
  const env = { ...process.env, REMEMBER_DIR: path.join(dir, 'store') }
  const child = spawn(process.execPath, [script, ...args], { cwd: dir, env })
  let printed = ''
  const heard = new EventTarget()
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      heard.dispatchEvent(new Event('some'))
    })
  }
  onTestFinished(() => void (child.exitCode === null && child.kill('SIGKILL')))
  return {
    async said(text) {
      while (!printed.includes(text)) {
        await once(heard, 'some', { signal: AbortSignal.timeout(60_000) }).catch(() => {
          throw new Error(`It never said "${text}":\n${printed}`)
        })
      }
      printed = printed.slice(printed.indexOf(text) + text.length)
    },
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

test.each([
  ['rollup', 'rollup/dist/bin/rollup'],
  ['rolldown', 'rolldown/bin/cli.mjs'],
])('%s -w: a line for each build, edits of files and of the config', async (host, bin) => {
  const dir = tempDir('vite-8')
  const write = (name: string, text: string): void => fs.writeFileSync(path.join(dir, name), text)
  write('package.json', '{ "type": "module" }')
  write('main.js', `import './other.js'\nconsole.log('main 1')\n`)
  write('other.js', `console.log('other')\n`)
  write(`${host}.config.js`, config(host, 'first'))
  const output = (): string => fs.readFileSync(path.join(dir, 'out/main.js'), 'utf8')

  const watching = run(dir, path.join(hostModules('vite-8'), bin), ['-c', '-w'])
  // when the bundle is closed, which is after it was written
  await watching.said('hook calls reused')
  expect(output()).toContain('first')
  write('main.js', `import './other.js'\nconsole.log('main 2')\n`)
  await watching.said('hook calls reused')
  expect(output()).toContain('main 2')

  if (host === 'rollup') {
    // Rollup's command line reads the config again; Rolldown's and Vite's don't watch it
    write(`${host}.config.js`, config(host, 'second'))
    await watching.said('Reloading updated config')
    await watching.said('hook calls reused')
    expect(output()).toContain('second')
    expect(output()).not.toContain('first')
  }
  await watching.stop()
})
