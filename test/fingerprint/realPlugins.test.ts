import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { diffParts, type PartChange } from '../../src/fingerprint/diff.ts'
import type { Fingerprint } from '../../src/fingerprint/plugin.ts'
import { repository, tempDir } from '../support/temp.ts'
import { walker, writeFiles } from './inChild.ts'

/** One plugin with two sets of options, and the places where the two may differ: where the plugin keeps the option. */
interface Row {
  readonly name: string
  /** JavaScript: imports, and an expression that makes the plugin of `OPTIONS`. */
  readonly imports: string
  readonly make: string
  readonly before: string
  readonly after: string
  readonly changes: readonly PartChange[]
}

const rows: readonly Row[] = [
  {
    name: 'vite:vue',
    imports: `import vue from '@vitejs/plugin-vue'`,
    make: 'vue(OPTIONS)',
    before: `{ template: { compilerOptions: { whitespace: 'condense' } } }`,
    after: `{ template: { compilerOptions: { whitespace: 'preserve' } } }`,
    changes: [
      {
        path: 'options.template.compilerOptions.whitespace',
        from: '"condense"',
        to: '"preserve"',
      },
    ],
  },
  {
    name: 'vite:vue (function)',
    imports: `import vue from '@vitejs/plugin-vue'`,
    make: 'vue({ template: { compilerOptions: { isCustomElement: OPTIONS } } })',
    before: `((prefix) => (tag) => tag.startsWith(prefix))('x-')`,
    after: `((prefix) => (tag) => tag.startsWith(prefix))('y-')`,
    changes: [
      {
        path: 'options.template.compilerOptions.isCustomElement.prefix',
        from: '"x-"',
        to: '"y-"',
      },
    ],
  },
  {
    name: 'vite:vue-jsx',
    imports: `import jsx from '@vitejs/plugin-vue-jsx'`,
    make: 'jsx(OPTIONS)',
    before: '{ optimize: true }',
    after: '{ optimize: false }',
    changes: [{ path: 'babelPluginOptions.optimize', from: 'true', to: 'false' }],
  },
  {
    name: '@rolldown/plugin-babel',
    imports: `import babel from '@rolldown/plugin-babel'
      import { reactCompilerPreset } from '@vitejs/plugin-react'`,
    make: 'babel({ presets: [reactCompilerPreset(OPTIONS)] })',
    before: `{ compilationMode: 'infer' }`,
    after: `{ compilationMode: 'all' }`,
    changes: [
      { path: 'rawOptions.presets[0].preset[1].compilationMode', from: '"infer"', to: '"all"' },
    ],
  },
  {
    name: 'babel',
    imports: `import { babel } from '@rollup/plugin-babel'`,
    make: `babel({ babelHelpers: 'bundled', presets: [['@babel/preset-env', OPTIONS]] })`,
    before: '{ loose: true }',
    after: '{ loose: false }',
    changes: [{ path: 'babelOptions.presets[0][1].loose', from: 'true', to: 'false' }],
  },
  {
    name: '@mdx-js/rollup',
    imports: `import mdx from '@mdx-js/rollup'
      import frontmatter from 'remark-frontmatter'
      import gfm from 'remark-gfm'
      import slug from 'rehype-slug'`,
    make: `mdx({ remarkPlugins: [gfm, [frontmatter, OPTIONS]], rehypePlugins: [slug] })`,
    before: `{ type: 'yaml', marker: '-' }`,
    after: `{ type: 'yaml', marker: '+' }`,
    changes: [{ path: 'rest.remarkPlugins[1][1].marker', from: '"-"', to: '"+"' }],
  },
  {
    name: 'vite-plugin-svgr',
    imports: `import svgr from 'vite-plugin-svgr'`,
    make: 'svgr({ svgrOptions: OPTIONS })',
    before: '{ icon: true }',
    after: '{ icon: false }',
    changes: [{ path: 'svgrOptions.icon', from: 'true', to: 'false' }],
  },
  {
    name: 'unplugin-icons',
    imports: `import icons from 'unplugin-icons/vite'`,
    make: 'icons(OPTIONS)',
    before: `{ compiler: 'svelte', scale: 1 }`,
    after: `{ compiler: 'svelte', scale: 2 }`,
    changes: [{ path: 'options.scale', from: '1', to: '2' }],
  },
  {
    name: 'terser',
    imports: `import terser from '@rollup/plugin-terser'`,
    make: 'terser(OPTIONS)',
    before: '{ compress: { passes: 1 } }',
    after: '{ compress: { passes: 2 } }',
    changes: [{ path: 'options.compress.passes', from: '1', to: '2' }],
  },
  {
    name: 'esbuild',
    imports: `import esbuild from 'rollup-plugin-esbuild'`,
    make: '(esbuild.default ?? esbuild)(OPTIONS)',
    before: `{ target: 'es2020' }`,
    after: `{ target: 'es2021' }`,
    changes: [
      { path: 'esbuildOptions.target', from: '"es2020"', to: '"es2021"' },
      { path: 'options.target', from: '"es2020"', to: '"es2021"' },
    ],
  },
]

let walk: Awaited<ReturnType<typeof walker>>
beforeAll(async () => {
  walk = await walker()
})

describe('as the user made them', () => {
  let first: Record<string, Fingerprint>
  let second: Record<string, Fingerprint>

  beforeAll(async () => {
    const dir = tempDir('vite-8')
    const cases = rows.flatMap(({ name, imports, make, before, after }, at) =>
      Object.entries({ before, after }).map(([variant, options]) => {
        const file = `${at}-${variant}.mjs`
        const plugin = make.replace('OPTIONS', options)
        writeFiles(dir, { [file]: `${imports}\nexport default () => ${plugin}` })
        return { name: `${name} ${variant}`, file: path.join(dir, file), known: true }
      }),
    )
    const unknown = cases.map((each) => ({ ...each, name: `${each.name} unknown`, known: false }))
    const all = [...cases, ...unknown]
    first = await walk({ root: dir, cases: all })
    second = await walk({ root: dir, cases: all.toReversed() })
  })

  function answer(name: string, variant: string): Fingerprint {
    const found = first[`${name} ${variant} ${name.replace(/ \(.*/, '')}`]
    if (!found) throw new Error(`no ${name} among ${Object.keys(first).join()}`)
    return found
  }

  test('a process of its own and another order make no difference', () => {
    expect(Object.keys(first)).toHaveLength(rows.length * 4)
    for (const [name, { parts }] of Object.entries(first)) {
      expect(second[name]?.parts, name).toEqual(parts)
    }
  })

  test('names the libraries that options brought in, also those that never ran yet', () => {
    expect(answer('@mdx-js/rollup', 'before').libraryFiles).toEqual(
      expect.arrayContaining(
        ['@mdx-js/rollup', 'remark-gfm', 'remark-frontmatter', 'rehype-slug'].map((name) =>
          expect.stringContaining(`/node_modules/${name}/`),
        ),
      ),
    )
  })

  test.each(rows)('$name is readable, also when it is not known', ({ name }) => {
    expect(answer(name, 'before').unreadable).toBeUndefined()
    expect(answer(name, 'before unknown').unreadable).toBeUndefined()
  })

  test.each(rows)('$name: a changed option changes that path', ({ name, changes }) => {
    const [before, after] = [answer(name, 'before'), answer(name, 'after')]
    expect(diffParts(before.parts, after.parts)).toEqual(changes)
  })
})

const plugins = `import mdx from '@mdx-js/rollup'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import vue from '@vitejs/plugin-vue'
import jsx from '@vitejs/plugin-vue-jsx'
export default () => [
  vue(),
  jsx(),
  mdx(),
  svelte({ configFile: false, compilerOptions: { runes: RUNES } }),
]`

describe.each([
  { host: 'vite-8', modules: repository },
  { host: 'vite-7', modules: path.join(repository, 'test/hosts/vite-7') },
] as const)('as $host resolved them', ({ host, modules }) => {
  let first: Record<string, Fingerprint>
  let second: Record<string, Fingerprint>
  let changed: Record<string, Fingerprint>

  beforeAll(async () => {
    const vite = path.join(modules, 'node_modules/vite/dist/node/index.js')
    const resolved = (runes: string): Promise<Record<string, Fingerprint>> => {
      const root = writeFiles(tempDir(host), { 'p.mjs': plugins.replace('RUNES', runes) })
      return walk({
        root,
        vite,
        cases: [{ name: host, file: path.join(root, 'p.mjs'), known: true }],
      })
    }
    first = await resolved('true')
    second = await resolved('true')
    changed = await resolved('false')
  })

  test('every plugin is readable, those of Vite too', () => {
    expect(Object.keys(first).length).toBeGreaterThan(25)
    for (const [name, { unreadable }] of Object.entries(first)) {
      expect(unreadable, name).toBeUndefined()
    }
  })

  test('every plugin and the config are the same in another process and checkout', () => {
    for (const [name, { parts }] of Object.entries(first)) {
      expect(second[name]?.parts, name).toEqual(parts)
    }
  })

  test('an option of one plugin changes no other plugin', () => {
    const differing = Object.keys(first).filter(
      (name) => diffParts(first[name]?.parts, changed[name]?.parts).length > 0,
    )
    expect(differing.map((name) => name.replace(`${host} `, ''))).toEqual(
      expect.arrayContaining(['vite-plugin-svelte:compile']),
    )
    expect(differing.filter((name) => !name.includes('vite-plugin-svelte'))).toEqual([])
    const compile = `${host} vite-plugin-svelte:compile`
    expect(diffParts(first[compile]?.parts, changed[compile]?.parts)).toEqual([
      { path: 'options.compilerOptions.runes', from: 'true', to: 'false' },
    ])
  })
})
