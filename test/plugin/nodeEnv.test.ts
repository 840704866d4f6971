import { expect, onTestFinished, test } from 'vitest'
import { build, createCalls, project } from './harness.ts'

// Packages pick one of two files by `NODE_ENV` when they are loaded: what it is later (a `.env`
// file of Vite changes it) does not tell which. Found by random edits on plugin-vue's compiler.
test('NODE_ENV as it was when the plugins were loaded is in the key', async () => {
  const before = process.env['NODE_ENV']
  onTestFinished(() => void (process.env['NODE_ENV'] = before))
  const root = project({ 'main.js': 'console.log(1)\n' })
  const calls = createCalls()
  const run = async (atLoad: string): Promise<string[]> => {
    process.env['NODE_ENV'] = atLoad
    await build({
      host: 'rollup',
      root,
      plugins: () => {
        return [
          {
            name: 'loaded',
            options: () => void (process.env['NODE_ENV'] = 'development'),
            transform() {
              calls.emit('call', 'transform')
              return null
            },
          },
        ]
      },
      remember: { include: ['loaded'] },
    })
    return calls.take()
  }
  expect(await run('production')).toEqual(['transform'])
  expect(await run('production')).toEqual([])
  expect(await run('development')).toEqual(['transform'])
})
