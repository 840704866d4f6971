// Writes a playground app at a size: its core and `size` generated components.
//
//   node scripts/generate.mjs <app> <size> <target folder>
//
// Nothing but the app and the size decides what is written, and a component is
// the same at every size that includes it.

import { cp, mkdir, readdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { argv, stdout } from 'node:process'
import { fileURLToPath } from 'node:url'
import { catalogue } from './generate/catalogue.mjs'
import { library } from './generate/library.mjs'
import { articles } from './generate/mdx/articles.mjs'
import * as react from './generate/react/render.mjs'
import { sheets } from './generate/sheets.mjs'
import * as svelte from './generate/svelte/render.mjs'
import * as vue from './generate/vue/render.mjs'

const playground = fileURLToPath(new URL('../playground/', import.meta.url))
const leftOut = new Set(['node_modules', 'dist', '.temp'])

// What each app adds: texts by path inside the app.
const additions = {
  css: (size) => below('src/catalogue', sheets(size)),
  mdx: (size) => below('src/catalogue', articles(size)),
  // what its apps share is what it is for: it has nothing to add
  monorepo: () => ({}),
  'react-compiler': (size) => below('src/catalogue', catalogue('react', size, react)),
  'rollup-library': (size) => library(size),
  svelte: (size) => below('src/catalogue', catalogue('svelte', size, svelte)),
  vue: (size) => below('src/catalogue', catalogue('vue', size, vue)),
}

/** The names that `generate` takes. */
export const apps = Object.keys(additions)

/**
 * Copies an app's core to `target`, which must be missing or empty, and adds
 * `size` generated components; 0 copies the core alone.
 */
export async function generate(app, size, target) {
  const add = additions[app]
  if (!add) throw new Error(`There is no playground "${app}"; there are ${apps.join(', ')}`)
  if (!Number.isInteger(size) || size < 0) throw new Error(`A size is a whole number, not ${size}`)
  await mkdir(target, { recursive: true })
  if ((await readdir(target)).length > 0) throw new Error(`The folder ${target} is not empty`)

  await cp(join(playground, app), target, {
    recursive: true,
    filter: (source) => !leftOut.has(basename(source)),
  })
  if (size > 0) await write(target, add(size))
}

async function write(target, files) {
  for (const [path, text] of Object.entries(files)) {
    const file = join(target, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
}

function below(folder, files) {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]),
  )
}

if (argv[1] && resolve(argv[1]) === fileURLToPath(import.meta.url)) {
  const [app, size, target] = argv.slice(2)
  if (!target) {
    stdout.write(`node scripts/generate.mjs <${apps.join('|')}> <size> <target folder>\n`)
    process.exitCode = 1
  } else {
    await generate(app, Number(size), resolve(target))
  }
}
