import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { generate } from '../../scripts/generate.mjs'
import { compareDirs } from '../support/compareDirs.ts'
import { runNodeOrThrow } from '../support/runNode.ts'
import { tempDir } from '../support/temp.ts'
import { rememberedCalls } from './counted.ts'

// Seven members of a workspace, built by processes of their own, share the workspace's store.

const members = {
  vite: ['apps/admin', 'apps/desk', 'apps/shop', 'apps/site', 'libraries/widgets'],
  rollup: ['libraries/sdk', 'libraries/tracker'],
}
const all = [...members.vite, ...members.rollup]
const counter = JSON.stringify(path.join(import.meta.dirname, 'countCalls.mjs'))
const countBabel = path.join(import.meta.dirname, 'countBabel.cjs')
// seven builds beside each other, several times
const timeout = 900_000

// Babel is counted inside: see there
const others = 'plugins.flat(Infinity).filter((plugin) => !/babel/.test(plugin?.name))'
const configs = {
  vite: `import config from './vite.config.js'
import { countPlugins } from ${counter}
const count = { name: 'count', configResolved: ({ plugins }) => countPlugins(${others}) }
export default { ...config, plugins: [...config.plugins, count] }
`,
  rollup: `import config from './rollup.config.js'
import { countPlugins } from ${counter}
const { plugins, output } = config
countPlugins(${others})
countPlugins(output.plugins)
export default config
`,
}

interface House {
  readonly dir: string
  /** Builds all members into `out` of each; the calls that ran, each with the number of processes in which it did. */
  build(
    out: string,
    how?: { readonly plain?: boolean; readonly oneByOne?: boolean },
  ): Promise<Calls>
  /** What differs between two outputs of all members. */
  differences(one: string, other: string): string[]
}

type Calls = ReadonlyMap<string, number>

async function makeHouse(): Promise<House> {
  const dir = path.join(tempDir('vite-8'), 'house')
  await generate('monorepo', 0, dir)
  for (const tool of ['vite', 'rollup'] as const) {
    for (const member of members[tool]) {
      fs.writeFileSync(path.join(dir, member, `counted.${tool}.config.js`), configs[tool])
    }
  }
  return {
    dir,
    async build(out, { plain = false, oneByOne = false } = {}) {
      const calls = fs.mkdtempSync(path.join(dir, '.calls-'))
      await runNodeOrThrow(path.join(dir, 'build.mjs'), {
        cwd: dir,
        args: [
          ...(oneByOne ? ['--one-by-one'] : []),
          ...['vite', 'rollup'].flatMap((tool) => ['--config', `counted.${tool}.config.js`]),
        ],
        env: {
          NODE_OPTIONS: `--require=${countBabel}`,
          PLAYGROUND_OUT: out,
          PLAYGROUND_PLAIN: plain ? '1' : undefined,
          REMEMBER_TEST_CALLS: path.join(calls, '%p.json'),
        },
      })
      const counts = new Map<string, number>()
      for (const file of fs.readdirSync(calls)) {
        for (const call of rememberedCalls(path.join(calls, file), dir)) {
          counts.set(call, (counts.get(call) ?? 0) + 1)
        }
      }
      return counts
    },
    differences: (one, other) =>
      all.flatMap((member) =>
        compareDirs(path.join(dir, member, one), path.join(dir, member, other)),
      ),
  }
}

function repeated(calls: Calls): string[] {
  return [...calls].flatMap(([call, count]) => (count > 1 ? [call] : [])).sort()
}

/** Library mode inlines assets, so its sheets are its own; chunks of one name are others in each member. */
const ownOfEach = /^vite:css transform packages\/ui\/|^(?:terser|vite:\S+) renderChunk /

test(
  'one by one: what is shared is computed once, whoever builds it',
  async () => {
    const house = await makeHouse()
    const plain = await house.build('plain', { plain: true, oneByOne: true })
    const cold = await house.build('cold', { oneByOne: true })
    expect(house.differences('plain', 'cold')).toEqual([])
    expect([...cold.keys()].sort()).toEqual([...plain.keys()].sort())
    const shared = repeated(plain)
    for (const call of [
      'babel transform packages/kit/src/Card.tsx',
      'babel transform packages/utils/src/lists.ts',
      'vite:css transform packages/ui/src/theme.scss',
      'vite:vue transform packages/ui/src/Button.vue',
    ]) {
      expect(shared).toContain(call)
    }
    // the React apps and the Rollup libraries have other presets
    expect(repeated(cold).filter((call) => !ownOfEach.test(call))).toEqual(
      shared.filter((call) => call.startsWith('babel transform packages/utils/')),
    )
    for (const call of repeated(cold)) expect([call, cold.get(call)]).toEqual([call, 2])

    expect([...(await house.build('warm', { oneByOne: true })).keys()]).toEqual([])
    expect(house.differences('plain', 'warm')).toEqual([])
    expect(fs.readdirSync(path.join(house.dir, 'node_modules/.cache'))).toEqual([
      'vite-plugin-remember',
    ])
    for (const member of all) {
      expect(fs.existsSync(path.join(house.dir, member, 'node_modules'))).toBe(false)
    }
  },
  timeout,
)

test(
  'all at once: the outputs are those of plain builds, warm reuses all, an edit what it does not reach',
  async () => {
    const house = await makeHouse()
    const plain = await house.build('plain', { plain: true })
    const cold = await house.build('cold')
    expect(house.differences('plain', 'cold')).toEqual([])
    // at worst all begin with the same module in the same moment
    for (const [call, count] of cold) expect(count).toBeLessThanOrEqual(plain.get(call) ?? 0)
    expect([...(await house.build('warm')).keys()]).toEqual([])
    expect(house.differences('plain', 'warm')).toEqual([])

    edit(house, 'packages/ui/src/Badge.vue', '<b v-if', '<i>of</i> <b v-if')
    edit(house, 'packages/utils/src/money.ts', 'cents / 100', '(cents + 0) / 100')
    const edited = await house.build('edited')
    const reached = /packages\/(?:ui\/src\/Badge\.vue|utils\/src\/money\.ts)| renderChunk /
    expect([...edited.keys()].filter((call) => !reached.test(call))).toEqual([])
    expect([...edited.keys()]).toContain('vite:vue transform packages/ui/src/Badge.vue')
    expect([...edited.keys()]).toContain('babel transform packages/utils/src/money.ts')
    await house.build('edited-plain', { plain: true })
    expect(house.differences('edited-plain', 'edited')).toEqual([])
    expect(house.differences('plain', 'edited')).not.toEqual([])
  },
  timeout,
)

function edit({ dir }: House, file: string, from: string, to: string): void {
  const place = path.join(dir, file)
  const text = fs.readFileSync(place, 'utf8')
  expect(text).toContain(from)
  fs.writeFileSync(place, text.replace(from, to))
}
