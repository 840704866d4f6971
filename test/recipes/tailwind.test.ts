import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { hostModules } from '../../scripts/lib/hosts.mjs'
import { openWorkbench, type Change, type Workbench } from '../behaviour/workbench.ts'
import { repository } from '../support/temp.ts'

// In processes of their own: both keep what they found from build to build.

const packages = hostModules('css-tools')
const page = `import './aux.css'\nexport const page = '<p class="p-4 btn"></p>'\n`
const aux4 = `@reference './main.css';\n.aux { @apply btn p-1 }\n`

const files: Readonly<Record<string, string>> = {
  'package.json': '{ "type": "module" }',
  'pnpm-workspace.yaml': '',
  'count.mjs': fs.readFileSync(path.join(repository, 'test/behaviour/count.mjs'), 'utf8'),
  'vite.config.js': viteConfig(''),
  'src/main.js': `import './main.css'\nimport './page.js'\nimport './lone.css'\n`,
  'src/page.js': page,
  'src/lone.css': `.lone { color: red }\n`,
  'src/img/keep.txt': '',
}

function viteConfig(plugin: string): string {
  const call = plugin && 'tailwind(),'
  return `${plugin}
import remember from 'vite-plugin-remember'
import { countClones } from './count.mjs'

// in Tailwind 3 a sheet may apply classes of another only when that one came first
let come
const main = new Promise((resolve) => (come = resolve))
const inOrder = {
  name: 'in-order',
  load: (id) => (id.endsWith('/aux.css') ? main.then(() => null) : null),
  transform: (code, id) => void (id.endsWith('/main.css') && come()),
}

export default {
  plugins: [process.env.REMEMBER !== 'off' && remember(), ${call} inOrder, countClones()],
  build: { minify: false, rollupOptions: { input: 'src/main.js' } },
}
`
}

const tailwinds: readonly [name: string, sheets: Readonly<Record<string, string>>][] = [
  [
    'Tailwind 3',
    {
      'src/main.css': `@tailwind base;\n@tailwind utilities;\n@layer utilities { .btn { color: red } }\n`,
      'src/aux.css': `.aux { @apply btn p-1 }\n`,
      'postcss.config.js': `import tailwind from '${packages}/tailwindcss-3/lib/index.js'
export default { plugins: [tailwind({ content: [import.meta.dirname + '/src/**/*.{js,html}'] })] }
`,
    },
  ],
  [
    'Tailwind 4, PostCSS',
    {
      'src/main.css': `@import '${packages}/tailwindcss/index.css';\n@utility btn { color: red }\n`,
      'src/aux.css': aux4,
      'postcss.config.js': `import tailwind from '${packages}/@tailwindcss/postcss/dist/index.mjs'
export default { plugins: [tailwind({ base: import.meta.dirname })] }
`,
    },
  ],
  [
    'Tailwind 4, Vite',
    {
      'src/main.css': `@import '${packages}/tailwindcss/index.css';\n@utility btn { color: red }\n`,
      'src/aux.css': aux4,
      'vite.config.js': viteConfig(
        `import tailwind from '${packages}/@tailwindcss/vite/dist/index.mjs'`,
      ),
    },
  ],
]

describe.each(tailwinds)('%s', (name, sheets) => {
  let bench: Workbench

  beforeAll(async () => {
    bench = await openWorkbench('vite-8', { ...files, ...sheets })
  })

  /** Style sheets that ran again. */
  async function after(change: Change): Promise<string[]> {
    const { differences, again } = await bench.try(change)
    expect(differences).toEqual([])
    return again.filter((call) => call.startsWith('vite:css')).map((call) => path.basename(call))
  }

  const whenNothing = name === 'Tailwind 4, Vite' ? [] : ['aux.css', 'main.css']

  test('a sheet of no Tailwind is reused', async () => {
    expect(await after({})).toEqual(whenNothing)
  })

  test('a class used for the first time, and another no more', async () => {
    const edit = { 'src/page.js': page.replace('p-4', 'm-7') }
    expect(await after({ files: edit })).toContain('main.css')
  })

  test('a class in a new file, in a folder that had none and in a new folder', async () => {
    expect(await after({ files: { 'src/img/a.html': '<p class="m-8">' } })).toContain('main.css')
    const deep = { 'src/other/deep/a.html': '<p class="m-9">' }
    expect(await after({ files: deep })).toContain('main.css')
  })

  test('a sheet that applies what another one defines', async () => {
    const more = { 'src/aux.css': `${sheets['src/aux.css']}.more { @apply btn m-3 }\n` }
    expect(await after({ files: more })).toContain('aux.css')
    const blue = { 'src/main.css': sheets['src/main.css']!.replace('red', 'blue') }
    // others may run again that ran beside them when they were stored
    expect(await after({ files: blue })).toEqual(expect.arrayContaining(['aux.css', 'main.css']))
  })
})
