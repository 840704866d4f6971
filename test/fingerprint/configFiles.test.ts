import path from 'node:path'
import { expect, test } from 'vitest'
import { localImports } from '../../src/fingerprint/index.ts'
import { tempDir } from '../support/temp.ts'
import { writeFiles } from './inChild.ts'

function scan(
  files: Readonly<Record<string, string>>,
  entry: string,
): [string[], readonly string[]] {
  const root = writeFiles(tempDir(), files)
  const found = localImports(path.join(root, entry))
  return [
    found.files.map((file) => path.relative(root, file).replaceAll('\\', '/')),
    found.packages,
  ]
}

test('lists local files through all kinds of imports, and the packages they import', () => {
  const [files, packages] = scan(
    {
      'vite.config.ts': `
        import vue from '@vitejs/plugin-vue/dist/x.js'
        import { a } from "./config/a"
        import type { T } from './config/types.js'
        import './config/side-effect.mjs'
        import data from './data.json' with { type: 'json' }
        export * from './config'
        import fs from 'node:fs'
        import path from 'path'
        import internal from '#internal'
        const lazy = () => import('./lazy')
        const old = require('./old')
        import old2 = require('./old2')
        const at = require.resolve("sass")
        const alias = new URL('./src', import.meta.url)
        // import x from './commented'
        /* import y from 'commented' */
        export default { plugins: [vue()], entry: './src/main.ts' }`,
      'config/a.ts': `import '../shared/b.js'\nimport 'remark-gfm'`,
      'config/types.ts': '',
      'config/side-effect.mjs': '',
      'config/index.ts': '',
      'shared/b.ts': `import '../config/a'`,
      'data.json': '{}',
      'lazy.tsx': `import react from 'react'`,
      'old.cjs': `module.exports = require('lodash/merge')`,
      'old2.cts': '',
      'src/index.ts': '',
      'src/main.ts': '',
      'commented.ts': '',
    },
    'vite.config.ts',
  )
  expect(files).toEqual([
    'vite.config.ts',
    'config/a.ts',
    'config/index.ts',
    'config/side-effect.mjs',
    'config/types.ts',
    'data.json',
    'lazy.tsx',
    'old.cjs',
    'old2.cts',
    'shared/b.ts',
  ])
  expect(packages).toEqual(['@vitejs/plugin-vue', 'lodash', 'react', 'remark-gfm', 'sass'])
})

test('is not led astray by strings, templates and regular expressions', () => {
  const [files, packages] = scan(
    {
      'c.js': [
        `const quote = /["'\`]/`,
        `const half = a / b // '`,
        'const t = `${ { a: `}` } }`',
        `import a from './a.js'`,
        `import 'b'`,
      ].join('\n'),
      'a.js': '',
    },
    'c.js',
  )
  expect(files).toEqual(['c.js', 'a.js'])
  expect(packages).toEqual(['b'])
})

test('a file that is not there, or is no script, has no imports', () => {
  expect(scan({}, 'absent.js')).toEqual([['absent.js'], []])
  expect(scan({ 'a.json': `{ "x": "from 'y'" }` }, 'a.json')).toEqual([['a.json'], []])
})
