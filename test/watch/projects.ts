import fs from 'node:fs'
import path from 'node:path'
import * as plain from '../behaviour/plainProject.ts'
import { viteProject } from '../behaviour/viteProject.ts'

type Files = Readonly<Record<string, string>>

const count = { 'count.mjs': fs.readFileSync(path.join(import.meta.dirname, 'count.mjs'), 'utf8') }

export const rollupWatched: Files = withUses({ ...plain.rollupProject, ...count })
export const rolldownWatched: Files = withUses({ ...plain.rolldownProject, ...count })

/** What the apps of the behaviour tests import, used: what nobody uses leaves no trace in the output. */
export const viteWatched: Files = withUses({
  ...viteProject,
  ...count,
  // Svelte's own takes the path below the folder that the process began in
  'svelte.config.js': `export default {
  compilerOptions: { runes: true, cssHash: ({ hash, css }) => 'svelte-' + hash(css) },
}
`,
})

function withUses(files: Files): Files {
  return { ...files, 'src/main.js': used(files['src/main.js']!) }
}

/** Gives each default export that an entry imports to the console. */
function used(main: string): string {
  return main.replaceAll(
    /^import '([^']*\.(?:vue|svelte|mdx))'$/gm,
    (_, file: string) => `import ${nameOf(file)} from '${file}'\nconsole.log(${nameOf(file)})`,
  )
}

function nameOf(file: string): string {
  return file.replaceAll(/\W/g, '')
}
