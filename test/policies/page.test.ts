import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { policies } from '../../src/policies/table.ts'
import { withTables } from './page.ts'

const file = path.resolve(import.meta.dirname, '../../docs/policies.md')

// `npm run policies` writes it again
test('the tables in docs/policies.md are those of the code', async () => {
  const page = fs.readFileSync(file, 'utf8')
  await expect(withTables(page, policies)).toMatchFileSnapshot(file)
})

test('every policy says in which versions it was read, and why', () => {
  for (const policy of policies) {
    expect(policy.checked, String(policy.plugin)).toMatch(/ \d/)
    expect(policy.why, String(policy.plugin)).not.toBe('')
  }
})

test('two policies never name one plugin', () => {
  const names = policies.map(({ plugin }) => String(plugin))
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})
