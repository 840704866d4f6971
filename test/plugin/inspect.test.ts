import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { compareDirs } from '../support/compareDirs.ts'
import { runNodeOrThrow } from '../support/runNode.ts'
import { repository, tempDir } from '../support/temp.ts'

// vite-plugin-inspect puts functions of its own in the place of every hook, as we do

const config = `import fs from 'node:fs'
import inspect from 'vite-plugin-inspect'
import remember from 'vite-plugin-remember'

const { BUILD, ORDER } = process.env
const marker = {
  name: 'marker',
  transform(code, id) {
    if (!id.endsWith('main.js')) return null
    fs.appendFileSync('calls.txt', 'x')
    return { code: code + '\\nconsole.log(1)', map: null }
  },
}
const inspector = inspect({ build: true, outputDir: 'reports' })
const us = BUILD === 'plain' ? [] : remember({ dir: 'store', include: ['marker'] })
export default {
  plugins: [ORDER === 'before' ? [inspector, us] : [us, inspector], marker],
  build: { outDir: BUILD },
}
`

test.each(['before', 'after'])('vite-plugin-inspect %s us: both do their work', async (order) => {
  const dir = tempDir('vite-8')
  const files = {
    'index.html': '<script type="module" src="/main.js"></script>',
    'main.js': 'console.log(0)\n',
    'vite.config.js': config,
  }
  for (const [name, content] of Object.entries(files))
    fs.writeFileSync(path.join(dir, name), content)

  for (const build of ['plain', 'cold', 'warm']) {
    fs.rmSync(path.join(dir, 'reports'), { recursive: true, force: true })
    const vite = path.join(repository, 'node_modules/vite/bin/vite.js')
    const env = { BUILD: build, ORDER: order }
    await runNodeOrThrow(vite, { cwd: dir, args: ['build', '--logLevel', 'warn'], env })
    expect(compareDirs(path.join(dir, 'plain'), path.join(dir, build))).toEqual([])
    const report = fs.readdirSync(path.join(dir, 'reports'), { recursive: true, encoding: 'utf8' })
    const texts = report.filter((name) => name.endsWith('.json'))
    expect(texts.length).toBeGreaterThan(0)
  }
  // in the plain build and the cold one
  expect(fs.readFileSync(path.join(dir, 'calls.txt'), 'utf8')).toBe('xx')
})
