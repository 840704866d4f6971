import { expect, test } from 'vitest'
import { createServer } from 'vite'
import remember from '../../src/vite.ts'
import { createCalls, project } from './harness.ts'

test('the dev server is left alone', async () => {
  const root = project({ 'main.js': `console.log('main')\n` })
  const calls = createCalls()
  const plugin = {
    name: 'counting',
    transform(code: string, id: string) {
      if (id.endsWith('main.js')) calls.emit('call', id)
      return { code, map: null }
    },
  }
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    server: { middlewareMode: true, ws: false },
    optimizeDeps: { noDiscovery: true },
    plugins: [remember({ dir: `${root}/store`, include: ['counting'] }), plugin],
  })
  try {
    expect(server.config.plugins.map(({ name }) => name)).not.toContain('vite-plugin-remember')
    await server.transformRequest('/main.js')
    expect(calls.take().length).toBe(1)
  } finally {
    await server.close()
  }
})
