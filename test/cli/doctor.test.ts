import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { checkCI } from '../../src/report/doctor/ci.ts'
import { checkTaskCaches } from '../../src/report/doctor/tasks.ts'
import { checkHosts, checkNode, majors } from '../../src/report/doctor/versions.ts'
import type { Finding } from '../../src/report/index.ts'
import { build, project, storeOf, write } from '../plugin/harness.ts'
import { runNode, type RunResult } from '../support/runNode.ts'

const command = path.resolve(import.meta.dirname, '../../dist/cli.js')
// the tests themselves may run in CI
const outside = {
  CI: '',
  GITHUB_ACTIONS: '',
  GITLAB_CI: '',
  CIRCLECI: '',
  REMEMBER: '',
  NO_COLOR: '1',
}

function doctor(root: string, env: object = {}, ...args: string[]): Promise<RunResult> {
  const dir = { REMEMBER_DIR: storeOf(root) }
  return runNode(command, {
    cwd: root,
    args: ['doctor', ...args],
    env: { ...outside, ...dir, ...env },
  })
}

async function found(root: string, env: object = {}): Promise<Finding[]> {
  const { findings } = JSON.parse((await doctor(root, env, '--json')).stdout) as {
    findings: Finding[]
  }
  return findings.filter(({ level }) => level !== 'ok')
}

async function built(plugins: () => object[] = () => []): Promise<string> {
  const root = project({ 'main.js': 'console.log(1)\n' })
  await again(root, plugins)
  return root
}

const own = () => ({
  name: 'own',
  transform: (code: string) => ({ code: `${code}//\n`, map: null }),
})

function again(root: string, plugins: () => object[] = () => []): Promise<unknown> {
  return build({
    host: 'rollup',
    root,
    plugins: () => [own(), ...plugins()],
    remember: { include: ['own'] },
  })
}

test('all is well', async () => {
  const root = await built()
  const { code, stdout } = await doctor(root)
  expect(stdout).toMatch(/^ok +node +Node v/)
  expect(stdout).toMatch(/\nok +last build +.*: 0 of 1 hook calls reused\n/)
  expect(stdout).toMatch(/\nok +host +rollup 4\./)
  expect(stdout).toMatch(/\nok +position +first in `plugins`\n/)
  expect(stdout).toMatch(/\nIt is set up well\.\n$/)
  expect(code).toBe(0)
  // and nothing of the look stays
  expect(fs.readdirSync(storeOf(root)).filter((name) => name.startsWith('.'))).toEqual([])
  expect(JSON.parse((await doctor(root, {}, '--json')).stdout)).toMatchObject({ format: 1 })
})

test('no build, a mode that does nothing, a CI job without a store', async () => {
  const root = project({})
  expect(await found(root)).toEqual([
    {
      check: 'last build',
      level: 'problem',
      says: 'no build is recorded in this store',
      remedy: expect.any(String),
    },
  ])
  expect((await doctor(root)).code).toBe(1)

  write(root, 'main.js', 'console.log(1)\n')
  await again(root)
  const off = await found(root, { REMEMBER: 'off' })
  expect(off).toContainEqual(expect.objectContaining({ check: 'mode', level: 'problem' }))
  // that build began with nothing
  const [ci] = await found(root, { GITHUB_ACTIONS: 'true' })
  expect(ci).toMatchObject({
    check: 'ci',
    level: 'problem',
    says: 'GitHub Actions began with an empty store',
  })
  expect(ci!.remedy).toContain('path: store, key: remember-')
  await again(root)
  expect(await found(root, { GITHUB_ACTIONS: 'true' })).toEqual([])
})

test('damaged files, leftovers, plugins that stand before, an option that always differs', async () => {
  const root = await built()
  write(root, 'store/quarantine/1-a.pack', 'damaged')
  write(root, 'store/tmp/old', 'left')
  const hours = Date.now() / 1000 - 2 * 60 * 60
  fs.utimesSync(path.join(root, 'store/tmp/old'), hours, hours)
  const findings = await found(root)
  expect(findings.map(({ check, level }) => `${check} ${level}`)).toEqual([
    'quarantine problem',
    'leftovers hint',
  ])
  expect((await doctor(root)).stdout).toMatch(/\n1 problem found\.\n$/)

  const { rollup } = await import('rollup')
  const { default: remember } = await import('../../src/rollup.ts')
  const us = () => remember({ dir: storeOf(root), summary: false })
  const input = path.join(root, 'main.js')
  const bundle = await rollup({ input, plugins: [{ name: 'first' }, us(), us()] })
  await bundle.generate({ format: 'es' })
  await bundle.close()
  expect(await found(root)).toContainEqual(
    expect.objectContaining({ check: 'position', level: 'problem' }),
  )
})

test('a store that cannot be written', async () => {
  const root = project({ file: '' })
  const writing = expect.objectContaining({ check: 'writing', level: 'problem' })
  expect(await found(root, { REMEMBER_DIR: path.join(root, 'file/store') })).toContainEqual(writing)
})

test('versions: those of package.json', () => {
  const remotes = new Set(['aws4fetch', 'ioredis'])
  const hosts = Object.entries(manifest.peerDependencies).filter(([name]) => !remotes.has(name))
  const peers = hosts.map(([name, range]) => [
    name,
    [...range.matchAll(/\^(\d+)/g)].map(([, major]) => Number(major)),
  ])
  expect(Object.fromEntries(peers)).toEqual(majors)
  expect(manifest.engines.node).toBe('^20.19.0 || >=22.12.0')
  const level = (version: string): string => checkNode(version).level
  expect(['v20.19.0', 'v22.12.1', 'v24.0.0'].map(level)).toEqual(['ok', 'ok', 'ok'])
  expect(['v18.20.0', 'v20.18.9', 'v21.7.0', 'v22.11.0'].map(level)).toEqual(
    Array(4).fill('problem'),
  )
  expect(checkHosts({ vite: '9.0.0', rolldown: '2.0.0' })).toMatchObject([{ level: 'hint' }])
  expect(checkHosts({ vite: '7.3.8', rollup: '4.1.0' })).toMatchObject([{ says: 'vite 7.3.8' }])
})

test('what the settings of CI say', () => {
  const folder = 'node_modules/.cache/vite-plugin-remember/v1'
  const root = project({ '.github/workflows/ci.yml': 'steps:\n  - run: npm ci\n' })
  expect(checkCI({}, root, folder, undefined)).toMatchObject([{ level: 'hint' }])
  for (const path of [folder, 'node_modules/.cache', 'node_modules']) {
    write(root, '.github/workflows/ci.yml', `steps:\n  - with:\n      path: ${path}\n`)
    expect(checkCI({}, root, folder, undefined), path).toMatchObject([{ level: 'ok' }])
  }
  expect(checkCI({}, project({}), folder, undefined)).toEqual([])
})

interface Tasks {
  readonly is: string
  readonly files: Readonly<Record<string, object | string>>
  /** Where the store is; by default where it is by default. */
  readonly store?: string
  /** What git ignores. */
  readonly ignored?: string
  /** Parts of what is said; none: all is well. */
  readonly problems: readonly string[]
}

const turbo = (build: object, task = 'build'): object => ({ tasks: { [task]: build } })
const nx = (build: object): object => ({ targetDefaults: { build } })

test.each<Tasks>([
  {
    is: 'Turborepo and Nx as they usually are',
    files: {
      'turbo.json': turbo({
        inputs: ['$TURBO_DEFAULT$', '.env*'],
        outputs: ['dist/**', '.next/**'],
      }),
      'nx.json': nx({ inputs: ['default'], outputs: ['{projectRoot}/dist'] }),
      'packages/a/project.json': { targets: { build: { outputs: ['{workspaceRoot}/dist/a'] } } },
    },
    problems: [],
  },
  {
    is: 'a store in a package, which git does not ignore',
    files: { 'turbo.json': turbo({ outputs: ['dist/**'] }) },
    store: 'packages/a/.remember',
    problems: [
      'packages/a/.remember is not ignored by git, so what turbo.json speaks of hashes it',
    ],
  },
  {
    is: 'one that git ignores',
    files: { 'nx.json': nx({}) },
    store: 'packages/a/.remember',
    ignored: '.remember',
    problems: [],
  },
  {
    is: 'outputs of a package that hold its node_modules',
    files: { 'turbo.json': turbo({ outputs: ['**', '!src/**'] }) },
    store: 'packages/a/node_modules/.cache/remember',
    problems: ['turbo.json: outputs of build (**, !src/**) hold the store'],
  },
  {
    is: 'the same without it',
    files: { 'turbo.json': turbo({ outputs: ['**', '!node_modules/.cache/**'] }) },
    store: 'packages/a/node_modules/.cache/remember',
    problems: [],
  },
  {
    is: 'outputs of packages where the store is in the workspace',
    files: { 'turbo.json': turbo({ outputs: ['**'] }) },
    problems: [],
  },
  {
    is: 'outputs of a task of the root, in a file with comments',
    files: {
      'turbo.jsonc': `{ // ours
        "tasks": { "//#build": { "outputs": ["node_modules/.cache/**"], /* all */ }, }, }`,
    },
    problems: ['turbo.jsonc: outputs of //#build (node_modules/.cache/**) hold the store'],
  },
  {
    is: 'inputs and outputs that start at the root',
    files: {
      'turbo.json': turbo({ inputs: ['$TURBO_ROOT$/node_modules/.cache/**'], outputs: [] }),
      'packages/a/turbo.json': turbo({ outputs: ['$TURBO_ROOT$/node_modules/**'] }),
    },
    problems: ['turbo.json: inputs of build', 'packages/a/turbo.json: outputs of build'],
  },
  {
    is: 'outputs of Nx: a folder is all below it',
    files: { 'nx.json': nx({ outputs: ['{workspaceRoot}/node_modules/.cache'] }) },
    problems: ['nx.json: outputs of build'],
  },
  {
    is: 'a whole package as output of Nx',
    files: {
      'packages/a/package.json': { nx: { targets: { build: { outputs: ['{projectRoot}'] } } } },
    },
    store: 'packages/a/node_modules/.cache/remember',
    problems: ['packages/a/package.json: outputs of build'],
  },
  { is: 'no task runner', files: {}, store: '.remember', problems: [] },
])('tasks: $is', ({ files, store, ignored = '', problems }) => {
  const root = project({ '.gitignore': `node_modules\n${ignored}\n`, 'packages/a/x': '' })
  for (const [file, content] of Object.entries(files)) {
    write(root, file, typeof content === 'string' ? content : JSON.stringify(content))
  }
  execFileSync('git', ['init', '-q'], { cwd: root })
  const dir = path.join(root, store ?? 'node_modules/.cache/vite-plugin-remember/v1')
  const found = checkTaskCaches(root, dir, [path.join(root, 'packages/a')])
  const said = found.filter(({ level }) => level === 'problem').map(({ says }) => says)
  expect(said).toHaveLength(problems.length)
  problems.forEach((each, at) => expect(said[at]).toContain(each))
  const isLookedAt = Object.keys(files).length > 0
  expect(found.some(({ level }) => level === 'ok')).toBe(isLookedAt && problems.length === 0)
})
