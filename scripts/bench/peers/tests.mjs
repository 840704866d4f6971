import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Gives the Vue app tests: one file for each group of components, which imports them all. */
export function writeTests(dir) {
  const groups = readdirSync(path.join(dir, 'src/catalogue'), { withFileTypes: true })
  for (const { name } of groups.filter((entry) => entry.isDirectory())) {
    writeFileSync(path.join(dir, `src/${name}.test.ts`), testOf(name))
  }
  writeFileSync(path.join(dir, 'vitest.config.js'), config)
}

function testOf(group) {
  return `import { mkdirSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { group } from './catalogue/${group}'

test('components', () => {
  expect(group.entries.length).toBeGreaterThan(0)
  const names = group.entries.map(({ name, component }) => [name, String(component.setup)])
  // what was made of them, to be compared
  mkdirSync(process.env.PLAYGROUND_OUT, { recursive: true })
  writeFileSync(process.env.PLAYGROUND_OUT + '/${group}.json', JSON.stringify(names))
})
`
}

const config = `import config from './vite.config.js'
const { BENCH_MODULE_CACHE: dir } = process.env
export default {
  ...config,
  test: {
    cache: false,
    pool: 'threads',
    include: ['src/*.test.ts'],
    experimental: dir ? { fsModuleCache: true, fsModuleCachePath: dir } : {},
  },
}
`
