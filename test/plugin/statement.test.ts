import { describe, expect, test } from 'vitest'
import { build, createCalls, project, statsOf, type Calls } from './harness.ts'

// What the author of a plugin says of it, in `api.remember`.

interface Said {
  readonly name?: string
  readonly remember: unknown
}

function plugin(calls: Calls, { name = 'says', remember }: Said): Record<string, unknown> {
  return {
    name,
    api: { remember },
    transform(code: string) {
      calls.emit('call', 'transform')
      return { code: `${code}\nconsole.log('seen')`, map: null }
    },
    renderChunk(code: string) {
      calls.emit('call', 'renderChunk')
      return { code: `${code}\n// rendered`, map: null }
    },
  }
}

describe.each(['vite-8', 'rollup'] as const)('%s', (host) => {
  async function twice(said: Said, options = {}) {
    const root = project({ 'main.js': `console.log('main')\n` })
    const calls = createCalls()
    const request = { host, root, plugins: () => [plugin(calls, said)] }
    await build({ ...request, remember: options })
    calls.take()
    const warm = await build({ ...request, remember: options })
    // Rolldown transforms a module of its own too
    const again = [...new Set(calls.take())]
    const plain = await build({ ...request, remember: false })
    expect(warm.files).toEqual(plain.files)
    return { again, problems: (await statsOf(root)).problems }
  }

  test('the hooks it names are remembered, no other', async () => {
    const { again, problems } = await twice({ remember: { hooks: ['transform'] } })
    expect(again).toEqual(['renderChunk'])
    expect(problems).toEqual([])
  })

  test('it is heard where the table knows another plugin by that name', async () => {
    const { again } = await twice({
      name: 'url',
      remember: { hooks: ['transform', 'renderChunk'] },
    })
    expect(again).toEqual([])
  })

  test('the user has the last word', async () => {
    const said = { remember: { hooks: ['transform', 'renderChunk'] } }
    expect((await twice(said, { exclude: ['says'] })).again).toEqual(['transform', 'renderChunk'])
  })

  test.each([true, {}, { hooks: 'transform' }, { hooks: ['transform'], extra: ['a'] }])(
    'of a wrong form it is none, and the build goes on: %j',
    async (remember) => {
      const { again, problems } = await twice({ remember })
      expect(again).toEqual(['transform', 'renderChunk'])
      expect(JSON.stringify(problems)).toMatch(/hooks|extra/)
    },
  )
})
