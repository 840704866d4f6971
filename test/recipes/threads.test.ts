import path from 'node:path'
import { expect, test } from 'vitest'
import { build, project, write } from '../plugin/harness.ts'

// a Babel plugin that reads a file in a thread, where no look is seen
test('@rollup/plugin-babel in threads is not remembered', async () => {
  const { babel } = (await import(
    path.resolve(import.meta.dirname, '../../node_modules/@rollup/plugin-babel/dist/es/index.js')
  )) as { babel: (options: object) => unknown }
  const root = project({
    'main.js': `console.log(ANSWER)\n`,
    'answer.txt': 'one',
    'plugin.cjs': `const fs = require('node:fs')
const path = require('node:path')
module.exports = ({ types: t }) => ({
  visitor: {
    Identifier(node) {
      if (node.node.name !== 'ANSWER') return
      node.replaceWith(t.stringLiteral(fs.readFileSync(path.join(__dirname, 'answer.txt'), 'utf8')))
    },
  },
})
`,
  })
  const plugins = () => [
    babel({ babelHelpers: 'bundled', parallel: 1, plugins: [path.join(root, 'plugin.cjs')] }),
  ]
  const request = { host: 'rollup', root, plugins } as const
  await build(request)
  write(root, 'answer.txt', 'two')
  const warm = await build(request)
  expect(warm.files['es/main.js']).toContain('two')
  const plain = await build({ ...request, remember: false })
  expect(warm.files).toEqual(plain.files)
})
