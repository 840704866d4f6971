import { createRequire } from 'node:module'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { hostHome } from '../../scripts/lib/hosts.mjs'
import { build, project, statsOf } from './harness.ts'

// Calls that a hook's own source says come to nothing are neither looked up nor run.

const files = {
  'main.js': `import A from './A.vue'\nconsole.log(A)\n`,
  'A.vue': `<script setup lang="ts">\nconst a: number = 1\n</script>\n<template>{{ a }}</template>\n`,
}

interface Vue {
  transform: { handler: (this: unknown, ...args: unknown[]) => unknown }
}

async function vueOf(host: 'vite-8' | 'vite-7'): Promise<() => Vue> {
  const file = createRequire(path.join(hostHome(host), 'index.js')).resolve('@vitejs/plugin-vue')
  const { default: vue } = (await import(file)) as { default: (options: object) => Vue }
  return () => vue({ isProduction: true })
}

describe.each(['vite-8', 'vite-7'] as const)('%s, a component with a script of its own', (host) => {
  /** Calls of `transform` that were looked up, in a cold and in a warm build; what both wrote. */
  async function lookedUp(plugins: () => unknown[], mode?: 'verify') {
    const root = project({
      ...files,
      'node_modules/vue/package.json': '{ "name": "vue", "version": "3.5.0" }',
      'node_modules/vue/index.js': 'export {}',
    })
    const request = { host, root, plugins: () => [external, ...plugins()] }
    const plain = await build({ ...request, remember: false })
    const counts: number[] = []
    for (let run = 0; run < 2; run++) {
      const { files } = await build({ ...request, remember: mode ? { mode } : {} })
      expect(files).toEqual(plain.files)
      const rows = (await statsOf(root)).plugins.filter(({ hook }) => hook === 'transform')
      counts.push(
        rows
          .filter(({ plugin }) => plugin === 'vite:vue')
          .reduce((sum, { hits, misses, bypassed }) => sum + hits + misses + bypassed, 0),
      )
    }
    return counts
  }

  test('is not looked up for that one, but in mode `verify`', async () => {
    const vue = await vueOf(host)
    const [cold = 0, warm = 0] = await lookedUp(() => [vue()])
    expect(cold).toBeGreaterThan(0)
    expect(await lookedUp(() => [vue()], 'verify')).toEqual([cold + 1, warm + 1])
  })

  test('is looked up where the hook is not as it was read', async () => {
    const vue = await vueOf(host)
    const [cold = 0, warm = 0] = await lookedUp(() => [vue()])
    const changed = (): Vue => {
      const plugin = vue()
      const { handler } = plugin.transform
      plugin.transform.handler = function (...args) {
        return handler.apply(this, args)
      }
      return plugin
    }
    expect(await lookedUp(() => [changed()])).toEqual([cold + 1, warm + 1])
  })

  test('is asked of what another plugin has put around the hook meanwhile', async () => {
    const vue = await vueOf(host)
    const around = {
      name: 'around',
      options({ plugins }: { plugins: unknown[] }) {
        const all = plugins.flat(Infinity) as (Vue & { name?: string })[]
        const { transform } = all.find(({ name }) => name === 'vite:vue')!
        const { handler } = transform
        transform.handler = function (code, id, ...more) {
          const isScript = String(id).includes('type=script')
          const added = { code: `${String(code)}\nconsole.log('added')`, map: null }
          return isScript ? added : handler.call(this, code, id, ...more)
        }
      },
    }
    // each build is compared with a plain one
    const [cold = 0] = await lookedUp(() => [vue()])
    expect((await lookedUp(() => [around, vue()]))[0]).toBe(cold + 1)
  })
})

/** Vue itself is not of interest. */
const external = {
  name: 'external',
  enforce: 'pre' as const,
  resolveId: (id: string) => (id === 'vue' ? { id, external: true } : null),
}
