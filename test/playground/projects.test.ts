import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { compareDirs } from '../support/compareDirs.ts'
import { runNodeOrThrow } from '../support/runNode.ts'
import { tempDir } from '../support/temp.ts'

// Results that depend on which package of a workspace is built, in all ways that the policies know
// of: whoever comes second must not get those of the first.

const build = `
import { build } from 'vite'
import vue from '@vitejs/plugin-vue'
import babel from '@rolldown/plugin-babel'
import remember from 'vite-plugin-remember'
import { stamp } from '../../config.mjs'

for (const out of ['out', 'plain']) {
  await build({
    configFile: false,
    logLevel: 'error',
    plugins: [out === 'out' && remember({ summary: false }), vue(), babel({ plugins: [stamp] })],
    css: { modules: { generateScopedName: '[name]_[hash:base64:8]' } },
    build: { outDir: out, minify: false, lib: { entry: 'main.js', formats: ['es'], fileName: 'main' } },
  })
}
`

const shared = {
  'package.json': '{"private":true,"workspaces":["apps/*","packages/*","libraries/deep/*"]}',
  // a plugin of Babel that tells where it runs
  'config.mjs': `import path from 'node:path'
export const stamp = () => ({
  visitor: {
    StringLiteral(it, { filename }) {
      if (it.node.value !== 'where') return
      it.node.value = path.relative(process.cwd(), filename)
    },
  },
})
`,
  'packages/ui/package.json': '{"name":"ui"}',
  'packages/ui/where.js': `export const where = 'where'\n`,
  'packages/ui/box.module.css': '.box { color: red }\n',
  'packages/ui/logo.css': '.logo { background: url(/logo.svg) }\n',
  'packages/ui/Box.vue': `<script setup>
import classes from './box.module.css'
defineProps(['label'])
</script>
<template><p :class="classes.box">{{ label }}</p></template>
<style scoped>p { margin: 0 }</style>
`,
}

const projects = ['apps/a', 'apps/b', 'libraries/deep/c']

/** What a project has of its own. */
const own: Readonly<Record<string, string>> = {
  // below the root: becomes part of the sheet
  'apps/a/logo.svg': '<svg id="a"></svg>',
  // public: stays a URL
  'apps/b/public/logo.svg': '<svg id="b"></svg>',
  'libraries/deep/c/logo.svg': '<svg id="c"></svg>',
}

test('what depends on the package that is built is not shared', async () => {
  const dir = tempDir('vite-8')
  const write = (file: string, text: string): void => {
    fs.mkdirSync(path.dirname(path.join(dir, file)), { recursive: true })
    fs.writeFileSync(path.join(dir, file), text)
  }
  for (const [file, text] of Object.entries({ ...shared, ...own })) write(file, text)
  const outputs: string[] = []
  for (const project of projects) {
    const root = project.split('/').fill('..').join('/')
    const ui = `${root}/packages/ui`
    write(
      `${project}/main.js`,
      `import '${ui}/logo.css'
export { default as Box } from '${ui}/Box.vue'
export { where } from '${ui}/where.js'
`,
    )
    write(`${project}/package.json`, '{"type":"module"}')
    write(`${project}/build.mjs`, build.replace('../../config.mjs', `${root}/config.mjs`))
    const cwd = path.join(dir, project)
    await runNodeOrThrow(path.join(cwd, 'build.mjs'), { cwd })
    expect([project, ...compareDirs(path.join(cwd, 'plain'), path.join(cwd, 'out'))]).toEqual([
      project,
    ])
    outputs.push(
      fs
        .readdirSync(path.join(cwd, 'out'))
        .filter((name) => /\.(?:js|css)$/.test(name))
        .map((name) => fs.readFileSync(path.join(cwd, 'out', name), 'utf8'))
        .join('\n'),
    )
  }
  // the case is a case: they do differ
  expect(new Set(outputs).size).toBe(projects.length)
  expect(outputs[0]).toContain('data:image/svg+xml')
  expect(outputs[1]).toContain('url(/logo.svg)')
  const ids = outputs.map((text) => /data-v-\w+/.exec(text)?.[0])
  expect(ids[0]).toBe(ids[1])
  expect(ids[2]).not.toBe(ids[0])
  expect(fs.existsSync(path.join(dir, 'node_modules/.cache/vite-plugin-remember/v1'))).toBe(true)
}, 600_000)
