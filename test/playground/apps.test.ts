import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { compareDirs } from '../support/compareDirs.ts'
import { copyPlayground, type PlaygroundHost } from '../support/playground.ts'
import { countedConfig, rememberedCalls } from './counted.ts'
import { some } from '../support/some.ts'

interface App {
  readonly app: string
  readonly hosts: readonly PlaygroundHost[]
  /** Rollup's config; Vite's is `vite.config.js`. */
  readonly config?: string
  /** Edits one module of the app. */
  readonly edit: string
  /** Calls that run again though nothing changed, for no replay can repeat what they do. */
  readonly refused: readonly RegExp[]
}

const both: readonly PlaygroundHost[] = ['vite-8', 'vite-7']
const all: readonly PlaygroundHost[] = [...both, 'vite-6']

const apps: readonly App[] = [
  { app: 'vue', hosts: all, edit: 'src/App.vue', refused: [] },
  {
    app: 'react-compiler',
    hosts: ['vite-8'],
    edit: 'src/App.tsx',
    refused: [],
  },
  { app: 'svelte', hosts: both, edit: 'src/App.svelte', refused: [] },
  { app: 'mdx', hosts: both, edit: 'src/App.tsx', refused: [] },
  // with source maps those that emit assets; Vite 6 asks esbuild about sheets too, to no end
  {
    app: 'css',
    hosts: all,
    edit: 'src/css/print.css',
    refused: [
      /^vite:css transform .*\/(?:base\.css|main\.scss|panels\.less)$/,
      /^vite:esbuild transform .*ss$/,
    ],
  },
  {
    app: 'rollup-library',
    hosts: ['vite-8'],
    config: 'rollup.config.js',
    edit: 'src/index.ts',
    refused: [],
  },
  {
    app: 'rollup-library',
    hosts: ['vite-8'],
    config: 'rollup.esbuild.config.js',
    edit: 'src/index.ts',
    refused: [],
  },
]

const builds = apps.flatMap((app) => app.hosts.map((host) => ({ ...app, host })))
const cases = [
  ...builds.map((each) => ({ ...each, sourcemap: true })),
  ...some(3, builds).map((each) => ({ ...each, sourcemap: false })),
]

/** `vite:esbuild` answers nothing for a sheet; the ids of assets in what it is given follow the order in which they were emitted. */
function isDeclined(call: string): boolean {
  return /^vite:esbuild transform .*\.(?:css|scss|less)$/.test(call)
}

describe.each(cases)(
  '$app $config on $host, sourcemap $sourcemap',
  ({ app, host, config, sourcemap, edit, refused }) => {
    test('plain, cold and warm are identical; warm runs nothing again', async () => {
      const playground = await copyPlayground(app, host)
      const counted = countedConfig(playground.dir, config)
      const build = async (out: string, plain = false): Promise<string[]> => {
        const file = path.join(playground.dir, 'calls.json')
        await playground.build(out, {
          config: counted,
          env: {
            PLAYGROUND_PLAIN: plain ? '1' : undefined,
            PLAYGROUND_SOURCEMAP: sourcemap ? '1' : undefined,
            REMEMBER_TEST_CALLS: file,
          },
        })
        return rememberedCalls(file, playground.dir)
      }

      const plain = await build('plain', true)
      expect(plain.length).toBeGreaterThan(0)
      const cold = await build('cold')
      expect(cold).toEqual(plain)
      expect(
        compareDirs(path.join(playground.dir, 'plain'), path.join(playground.dir, 'cold')),
      ).toEqual([])

      const warm = await build('warm')
      expect(
        compareDirs(path.join(playground.dir, 'plain'), path.join(playground.dir, 'warm')),
      ).toEqual([])
      const unexpected = warm.filter((call) => !refused.some((pattern) => pattern.test(call)))
      expect(unexpected).toEqual([])
      expect(warm.length).toBeLessThan(plain.length / 2)

      // a changed module runs its own calls (and what the change reaches), nothing else
      fs.appendFileSync(path.join(playground.dir, edit), '\n')
      const edited = await build('edited')
      const again = edited.filter((call) => !warm.includes(call) && !call.includes(' renderChunk '))
      expect(again.length).toBeGreaterThan(0)
      expect(again.filter((call) => !call.includes(edit) && !isDeclined(call))).toEqual([])
      await build('edited-plain', true)
      expect(
        compareDirs(path.join(playground.dir, 'edited-plain'), path.join(playground.dir, 'edited')),
      ).toEqual([])
    })
  },
)
