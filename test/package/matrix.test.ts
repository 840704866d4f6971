import { expect, test } from 'vitest'
import { matrix } from '../../scripts/matrix/matrix.mjs'
import { planOf } from '../../scripts/matrix/plan.mjs'

// `npm run package:matrix` tries all of it; docs/compatibility.md has its table
test('the packed package works in an empty folder, as the README says, with npm and this Node', async () => {
  const said: string[] = []
  const plan = planOf({
    hosts: 'vite-8,rollup-4,rolldown-1',
    managers: 'npm',
    nodes: 'current',
    forms: 'esm,cjs import()',
    compilers: 'typescript-7',
  })
  const failed = await matrix(plan, { say: (text) => said.push(text), log() {} })
  expect(failed, said.join('\n')).toBe(0)
}, 600_000)

test('a name that there is none of is refused', () => {
  expect(() => planOf({ hosts: 'vite-5' })).toThrow(
    'There is no "vite-5" among the hosts; there are vite-8',
  )
})
