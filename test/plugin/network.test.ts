import http from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build, createCalls, project, statsOf } from './harness.ts'

// What another process answers is seen by nobody: such a call runs in every build.

let answer = 'one'
const server = http.createServer((_, response) => response.end(answer))
const agent = new http.Agent({ keepAlive: true })

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => {
  agent.destroy()
  server.close()
})

function port(): number {
  return (server.address() as AddressInfo).port
}

const ways: Record<string, () => Promise<string>> = {
  fetch: async () => (await fetch(`http://127.0.0.1:${port()}`)).text(),
  // the second call of a build finds a connection
  'http.get': () =>
    new Promise((resolve, reject) => {
      const request = http.get({ port: port(), host: '127.0.0.1', agent }, (response) => {
        let text = ''
        response.on('data', (chunk: Buffer) => (text += chunk.toString()))
        response.on('end', () => resolve(text))
      })
      request.on('error', reject)
    }),
  'net.connect': () =>
    new Promise((resolve, reject) => {
      let text = ''
      const socket = net.connect(port(), '127.0.0.1')
      socket.on('data', (chunk) => (text += chunk.toString()))
      socket.on('end', () => resolve(text.split('\r\n\r\n')[1] ?? ''))
      socket.on('error', reject)
      socket.write('GET / HTTP/1.0\r\n\r\n')
    }),
}

describe.each(['vite-8', 'rollup'] as const)('%s', (host) => {
  test.each(Object.keys(ways))('%s', async (way) => {
    answer = 'one'
    const root = project({
      'main.js': `import './a.js'\nimport './b.js'\nimport './c.js'\n`,
      'a.js': '',
      'b.js': '',
      'c.js': '',
    })
    const calls = createCalls()
    const plugins = () => [
      {
        name: 'asks',
        async transform(_: string, id: string) {
          const [name] = /[abc]\.js$/.exec(id) ?? []
          if (!name) return null
          calls.emit('call', name)
          const text = name === 'c.js' ? name : await ways[way]!()
          return { code: `console.log('${name}', '${text}')`, map: null }
        },
      },
    ]
    const remember = { include: ['asks'] }
    await build({ host, root, plugins, remember })
    answer = 'two'
    calls.take()
    const warm = await build({ host, root, plugins, remember })
    expect(calls.take().toSorted()).toEqual(['a.js', 'b.js'])
    const { notStoredReasons } = await statsOf(root)
    expect(notStoredReasons).toEqual({ 'used the network': 2 })
    const plain = await build({ host, root, plugins, remember: false })
    expect(warm.files).toEqual(plain.files)
  })
})
