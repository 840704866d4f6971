import { expect, test } from 'vitest'
import { build, createCalls, project } from './harness.ts'

// VitePress keeps its own config in a variable and on Vite's resolved config: the part of
// that which is Vite's stands for itself, this must not be taken for it.

test.each(['vite-8', 'vite-7'] as const)(
  '%s: options that a plugin puts on the config as well are options',
  async (host) => {
    const root = project({ 'main.js': `console.log('pages')\n` })
    const calls = createCalls()
    const plugins = (listed: readonly string[]) => (): unknown[] => {
      const own = { pages: listed }
      return [
        {
          name: 'site',
          configResolved: (config: { site?: unknown }) => void (config.site = own),
          transform(code: string, id: string) {
            if (!id.endsWith('main.js')) return null
            calls.emit('call', 'transform')
            return code.replace('pages', own.pages.join())
          },
        },
      ]
    }
    const remember = { include: ['site'] }
    await build({ host, root, plugins: plugins(['one']), remember })
    await build({ host, root, plugins: plugins(['one']), remember })
    expect(calls.take()).toHaveLength(1)

    const warm = await build({ host, root, plugins: plugins(['one', 'two']), remember })
    expect(Object.values(warm.files).join()).toContain('one,two')
  },
)
