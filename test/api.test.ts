import path from 'node:path'
import { describe, expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import { describeSurface } from './support/surface.ts'
import { repository } from './support/temp.ts'

// `npm run api` writes the snapshots anew, after a change that is meant.
describe.each(['vite', 'rollup', 'rolldown', 'engine', 'report'])('%s', (door) => {
  const built = path.join(repository, 'dist', door)

  test('exports what it did', async () => {
    const values = Object.keys((await import(`${built}.js`)) as object).sort()
    const surface = describeSurface(`${built}.d.ts`)
    const text = `// at run time: ${values.join(', ')}\n\n${surface}`
    await expect(text).toMatchFileSnapshot(`__snapshots__/api/${door}.txt`)
  })

  test('is in package.json', () => {
    expect(Object.values(manifest.exports)).toContain(`./dist/${door}.js`)
  })
})

test('package.json opens no other door', () => {
  expect(Object.keys(manifest.exports)).toEqual([
    '.',
    './rollup',
    './rolldown',
    './engine',
    './report',
    './package.json',
  ])
})
