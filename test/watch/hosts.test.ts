import { describe, expect, test } from 'vitest'
import { rememberedCalls, watchProject, type Edit, type WatchedProject } from './project.ts'
import { rolldownWatched, rollupWatched, viteWatched } from './projects.ts'

/** Edits, and the modules whose calls may run again, as the beginnings of their ids. */
type Step = readonly [name: string, again: readonly string[], ...edits: readonly Edit[]]

/** The entry and its chunk may change with what they import. */
const chunks = ['main', 'src/main.js']

/** Dozens of builds, of which a busy machine makes one in some seconds. */
const timeout = 600_000

/** After an error, Rollup goes on with other modules when our build has ended. */
const any = ['']

async function walk(project: WatchedProject, steps: readonly Step[]): Promise<void> {
  for (const [name, again, ...edits] of steps) {
    const rebuilt = await project.edit(...edits)
    const idOf = (call: string): string => call.split(' ').slice(2).join(' ')
    const expected = [...again, ...chunks]
    const other = rememberedCalls(rebuilt).filter(
      (call) => !expected.some((file) => idOf(call).startsWith(file)),
    )
    expect(other, name).toEqual([])
    if (again.length > 0) expect(rememberedCalls(rebuilt), name).not.toEqual([])
  }
  expect(await project.differsFresh()).toEqual([])
}

function summaries(printed: string): number {
  return printed.split('\n').filter((line) => line.includes('hook calls reused')).length
}

describe.each(['vite-8', 'vite-7'] as const)('%s build --watch', (host) => {
  const {
    'src/One.vue': one,
    'src/Two.vue': two,
    'src/main.js': main,
  } = viteWatched as {
    'src/One.vue': string
    'src/Two.vue': string
    'src/main.js': string
  }

  // Vite 7.3.8 without us does not come back to what a fresh build writes when an import is gone
  const goingAway: readonly Step[] = [
    [
      'its new name',
      ['src/Newer.vue'],
      {
        'src/Newer.vue': two,
        'src/main.js': `${main}import a from './Newer.vue'\nconsole.log(a)\n`,
        'src/New.vue': null,
      },
    ],
    ['its end', [], { 'src/main.js': main, 'src/Newer.vue': null }],
  ]

  test(
    'each rebuild is what a plain build makes of the files as they are then',
    { timeout },
    async () => {
      const project = await watchProject(host, viteWatched)
      await walk(project, [
        ['a template', ['src/One.vue'], { 'src/One.vue': one.replace('<b>x</b>', '<b>y</b>') }],
        [
          'a script',
          ['src/One.vue'],
          { 'src/One.vue': one.replace('defineProps', 'console.log(2); defineProps') },
        ],
        ['what it was before', [], { 'src/One.vue': one }],
        [
          'a Sass partial',
          ['src/styles/main.scss'],
          { 'src/styles/parts/_tokens.scss': '$size: 2px;' },
        ],
        ['a style', ['src/One.vue'], { 'src/One.vue': one.replace('red', 'blue') }],
        ['Svelte', ['src/A.svelte'], edit('src/A.svelte', '{a}', '{a}!')],
        ['MDX', ['src/page.mdx'], { 'src/page.mdx': '# new\n\nsince\n' }],
        ['CSS', ['src/styles/path/plain.css'], edit('src/styles/path/plain.css', 'red', 'blue')],
        ['what PostCSS read', ['src/styles/text.css'], { 'data/palette.txt': 'blue' }],
        ['an error', any, { 'src/One.vue': one.replace('</template>', '') }],
        ['its correction', ['src/One.vue'], { 'src/One.vue': one.replace('>x<', '>z<') }],
        [
          'a new file',
          ['src/New.vue'],
          {
            'src/New.vue': two,
            'src/main.js': `${main}import a from './New.vue'\nconsole.log(a)\n`,
          },
        ],
        ...(host === 'vite-8' ? goingAway : []),
        [
          'two edits in a row',
          ['src/Two.vue', 'src/A.svelte'],
          { 'src/Two.vue': two.replace('<b>x</b>', '<b>1</b>') },
          {
            'src/Two.vue': two.replace('<b>x</b>', '<b>2</b>'),
            ...edit('src/A.svelte', '{a}', '{a}?'),
          },
        ],
      ])
      expect(summaries(project.printed())).toBeGreaterThan(10)
    },
  )
})

function edit(file: string, from: string, to: string): Edit {
  return { [file]: viteWatched[file]!.replace(from, to) }
}

test.each([
  ['rollup', rollupWatched],
  ['rolldown', rolldownWatched],
] as const)(
  '%s: each rebuild is what a plain build makes of the files then',
  { timeout },
  async (host, files) => {
    const project = await watchProject(host, files)
    const main = files['src/main.js']!
    const a = files['src/babel-a.js']!
    await walk(project, [
      ['Babel', ['src/babel-a.js'], { 'src/babel-a.js': a.replaceAll("'a'", "'aa'") }],
      ['what it was before', [], { 'src/babel-a.js': a }],
      ['MDX', ['src/page.mdx'], { 'src/page.mdx': '# new\n\nsince\n' }],
      ['TypeScript', ['src/one/one.ts'], { 'src/one/one.ts': `console.log('1' as any)\n` }],
      ['an error', any, { 'src/babel-a.js': 'const const' }],
      ['its correction', ['src/babel-a.js'], { 'src/babel-a.js': a.replaceAll("'a'", "'b'") }],
      [
        'a new file',
        ['src/new.mdx', 'src/babel-new.js'],
        {
          'src/new.mdx': '# brand new\n',
          'src/babel-new.js': a,
          'src/main.js': `${main}import './babel-new.js'\nimport N from './new.mdx'\nconsole.log(N)\n`,
        },
      ],
      [
        'its new name',
        ['src/babel-newer.js'],
        {
          'src/babel-newer.js': a,
          'src/main.js': `${main}import './babel-newer.js'\n`,
          'src/babel-new.js': null,
          'src/new.mdx': null,
        },
      ],
      ['its end', [], { 'src/main.js': main, 'src/babel-newer.js': null }],
      [
        'two edits in a row',
        ['src/babel-b.js', 'src/babel-a.js'],
        { 'src/babel-b.js': `console.log('b1')\n` },
        { 'src/babel-b.js': `console.log('b2')\n`, 'src/babel-a.js': `console.log('a2')\n` },
      ],
    ])
  },
)
