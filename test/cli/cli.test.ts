import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { build, project, storeOf, write } from '../plugin/harness.ts'
import { runNode, runNodeOrThrow, type RunResult } from '../support/runNode.ts'
import { repository } from '../support/temp.ts'

// The command as it is published, in a process of its own, on the store of real builds.

const command = path.resolve(import.meta.dirname, '../../dist/cli.js')

function remember(root: string, ...args: readonly string[]): Promise<RunResult> {
  return runNode(command, { cwd: root, args, env: { REMEMBER_DIR: storeOf(root), NO_COLOR: '1' } })
}

const shout = (mark: string): Record<string, unknown> => ({
  name: 'shout',
  transform(this: unknown, code: string) {
    return { code: `${code}//${mark}\n`, map: null }
  },
})

async function builtTwice(): Promise<string> {
  const root = project({
    'main.js': `import './one.js'\nimport './two.js'\n`,
    'one.js': 'console.log(1)\n',
    'two.js': 'console.log(2)\n',
  })
  await buildWith(root, 'a')
  write(root, 'two.js', 'console.log(22)\n')
  await buildWith(root, 'a')
  return root
}

function buildWith(root: string, mark: string): Promise<unknown> {
  return build({
    host: 'rollup',
    root,
    plugins: () => [shout(mark)],
    remember: { include: ['shout'], tags: ['docs'] },
  })
}

test('why: one line for each cause', async () => {
  const root = await builtTwice()
  const first = await remember(root, 'why')
  expect(first.stdout).toBe('shout transform  code: changed  (two.js)\n')

  await buildWith(root, 'b')
  const second = await remember(root, 'why', '--json')
  expect(JSON.parse(second.stdout)).toEqual([
    {
      plugin: 'shout',
      hook: 'transform',
      id: '<root>/main.js',
      reason: 'part_changed',
      part: 'mark',
      from: '"a"',
      to: '"b"',
      count: 3,
    },
  ])
  const about = await remember(root, 'why', 'nothing-like-it')
  expect(about.stdout).toMatch(/^Nothing of nothing-like-it is in the last build/)
  await buildWith(root, 'b')
  expect((await remember(root, 'why')).stdout).toMatch(/^The last build reused all it could/)
  expect((await remember(root, 'why', './one.js')).stdout).toBe(
    'one.js: reused, its call (shout transform)\n',
  )
  expect((await remember(root, 'why', 'shout')).stdout).toBe(
    'main.js and 2 more: reused, all 3 calls (shout transform)\n',
  )
  write(root, 'one.js', 'console.log(111)\n')
  await buildWith(root, 'b')
  expect((await remember(root, 'why', 'shout')).stdout).toBe(
    'shout transform  code: changed  (one.js)\nmain.js and 2 more: reused, 2 calls (shout transform)\n',
  )
})

test('ls: what is stored, by file, plugin and tag', async () => {
  const root = await builtTwice()
  const all = JSON.parse((await remember(root, 'ls', '--json')).stdout) as { id: string }[]
  expect(all.map(({ id }) => id).sort()).toEqual([
    '<root>/main.js',
    '<root>/one.js',
    '<root>/two.js',
    '<root>/two.js',
  ])
  const table = await remember(root, 'ls', 'two.js', '--limit', '1')
  expect(table.stdout.split('\n')).toHaveLength(3)
  expect(table.stdout).toMatch(/shout transform {2}two\.js .* docs\n {2}… and 1 more/)
  expect((await remember(root, 'ls', '--tag', 'other')).stdout).toMatch(/^Nothing that fits/)
  expect((await remember(root, 'ls', '--plugin', 'shout', '--tag', 'docs')).stdout).not.toMatch(
    /^Nothing/,
  )
})

test('verify: damage is named, and moved by --fix', async () => {
  const root = await builtTwice()
  expect((await remember(root, 'verify')).stdout).toMatch(/: whole\.\n$/)
  const packs = path.join(storeOf(root), 'packs')
  const pack = path.join(packs, fs.readdirSync(packs)[0]!)
  const bytes = fs.readFileSync(pack)
  bytes[40]! ^= 1
  fs.writeFileSync(pack, bytes)

  const found = await remember(root, 'verify')
  expect(found.code).toBe(1)
  expect(found.stdout).toContain(`damaged: ${pack}`)
  expect(found.stdout).toContain('remember verify --fix')
  const fixed = await remember(root, 'verify', '--fix')
  expect(fixed.code).toBe(0)
  expect(fs.existsSync(pack)).toBe(false)
  expect((await remember(root, 'verify')).stdout).toMatch(/: whole\.\n$/)
})

test('prune --for-ci: leaves exactly what the last build of each project used', async () => {
  const root = project({
    'a/main.js': `import '../shared.js'\nimport './old.js'\n`,
    'a/old.js': 'console.log(0)\n',
    'b/main.js': `import '../shared.js'\n`,
    'shared.js': 'console.log(1)\n',
    'package.json': '{"workspaces":["a","b"]}',
  })
  const buildIn = async (name: string): Promise<Record<string, unknown>> => {
    const script = path.join(root, name, 'build.mjs')
    const at = (file: string): string => JSON.stringify(path.join(repository, file))
    write(
      root,
      `${name}/build.mjs`,
      `import { rollup } from ${at('node_modules/rollup/dist/es/rollup.js')}
       import remember from ${at('dist/rollup.js')}
       const shout = { name: 'shout', transform: (code) => ({ code: code + '//' + ${JSON.stringify(name)}, map: null }) }
       const bundle = await rollup({ input: 'main.js', plugins: [remember({ include: ['shout'], summary: false }), shout] })
       await bundle.generate({ format: 'es' })
       await bundle.close()`,
    )
    const dir = { REMEMBER_DIR: storeOf(root) }
    await runNodeOrThrow(script, { cwd: path.dirname(script), env: dir })
    return JSON.parse((await remember(root, 'stats', '--json')).stdout) as Record<string, unknown>
  }
  expect((await remember(root, 'prune', '--for-ci')).code).toBe(1)

  await buildIn('a')
  write(root, 'a/main.js', `import '../shared.js'\n`)
  expect(await buildIn('a')).toMatchObject({ hits: 1, misses: 1 })
  expect(await buildIn('b')).toMatchObject({ hits: 0, misses: 2 })
  write(root, 'store/quarantine/1-a.pack', 'damaged')

  const { stdout } = await remember(root, 'prune', '--for-ci')
  expect(stdout).toMatch(
    /^Kept what the last builds used \(2 of 2 projects\)\. \d entries dropped: .* → .*\.\n$/,
  )
  const stored = (await remember(root, 'ls')).stdout.split('\n').flatMap((line) => {
    return / (\S+\.js) /.exec(line)?.[1] ?? []
  })
  expect(stored.sort()).toEqual(['a/main.js', 'b/main.js', 'shared.js', 'shared.js'])
  expect(fs.readdirSync(path.join(storeOf(root), 'builds'))).toHaveLength(2)
  for (const gone of ['digests', 'quarantine']) {
    expect(fs.existsSync(path.join(storeOf(root), gone)), gone).toBe(false)
  }
  expect((await remember(root, 'verify')).stdout).toMatch(/: whole\.\n$/)
  // and that is enough for both
  for (const name of ['a', 'b']) expect(await buildIn(name)).toMatchObject({ hits: 2, misses: 0 })

  // what is left of all builds since then: nothing goes
  const again = await remember(root, 'prune', '--for-ci', '--since', '1h', '--json')
  expect(JSON.parse(again.stdout)).toMatchObject({ status: 'done', builds: 4, droppedEntries: 0 })
})

test('prune: says what it dropped', async () => {
  const root = await builtTwice()
  const kept = await remember(root, 'prune', '--max-size', '1GiB', '--max-age', '7d')
  expect(kept.stdout).toMatch(/^0 entries dropped/)
  const done = JSON.parse((await remember(root, 'prune', '--max-size', '1', '--json')).stdout)
  expect(done).toMatchObject({ status: 'done' })
  expect((done as { droppedEntries: number }).droppedEntries).toBeGreaterThan(3)
  expect((await remember(root, 'ls')).stdout).toMatch(/^Nothing that fits/)
})

test.each([
  [['prune', '--max-size', 'much'], '--max-size must be a text like 500MB or 2GiB, got "much".'],
  [
    ['prune', '--since', '1h'],
    '--since goes with --for-ci: what all builds of that time used is kept.',
  ],
  [['prune', '--max-age', '7'], '--max-age must be a text like 12h, 7d or 2w, got "7".'],
  [['ls', '--limit', '0'], '--limit must be a text like 50, got "0".'],
  [['show', 'a.js', '--limit', 'all'], '--limit must be a text like 50, got "all".'],
])('wrong usage is told with an example: %j', async (args, message) => {
  const root = project({})
  const said = await remember(root, ...args)
  expect(said).toMatchObject({ code: 2, stderr: `${message}\n` })
})

test('a store without a build', async () => {
  const root = project({})
  for (const name of ['stats', 'why']) {
    const said = await remember(root, name)
    expect(said.code).toBe(1)
    expect(said.stderr).toMatch(/^No build is recorded in .*store\. Run a build/)
  }
})

test('clear: by file or tag, for good; all else stays', async () => {
  const root = await builtTwice()
  const cleared = await remember(root, 'clear', 'two.js', '--json')
  expect(JSON.parse(cleared.stdout)).toMatchObject({ status: 'done', clearedEntries: 2 })
  const left = JSON.parse((await remember(root, 'ls', '--json')).stdout) as { id: string }[]
  expect(left.map(({ id }) => id).sort()).toEqual(['<root>/main.js', '<root>/one.js'])

  await buildWith(root, 'a')
  const stats = JSON.parse((await remember(root, 'stats', '--json')).stdout) as object
  expect(stats).toMatchObject({ hits: 2, misses: 1 })
  await buildWith(root, 'a')
  expect(JSON.parse((await remember(root, 'stats', '--json')).stdout)).toMatchObject({ hits: 3 })

  expect((await remember(root, 'clear', '--tag', 'other')).stdout).toMatch(/^0 entries cleared/)
  expect((await remember(root, 'clear', '--tag', 'docs')).stdout).toMatch(/^3 entries cleared/)
  expect((await remember(root, 'ls')).stdout).toMatch(/^Nothing that fits/)
})

test('show: one entry with its inputs and what it did', async () => {
  const root = await builtTwice()
  const [first] = JSON.parse((await remember(root, 'show', 'one.js', '--json')).stdout) as {
    key: string
    value: unknown
    inputs: { kind: string; name: string }[]
    storedBy: { host: string }
  }[]
  expect(first).toMatchObject({
    plugin: 'shout',
    hook: 'transform',
    id: '<root>/one.js',
    hits: 1,
    tags: ['docs'],
    value: { result: { code: 'console.log(1)\n//a\n', map: null }, effects: [] },
    storedBy: { host: 'rollup', node: process.version },
  })
  expect(first!.inputs.map(({ kind, name }) => `${kind} ${name}`)).toContain('file <root>/one.js')
  const byKey = await remember(root, 'show', first!.key.slice(0, 8))
  expect(byKey.stdout).toMatch(/^shout transform one\.js\n {2}key {7}[\da-f]{32}\n/)
  expect(byKey.stdout).toMatch(/\n {2}input {5}file one\.js = [\da-f]{32}\n/)
  const none = await remember(root, 'show', 'absent.js')
  expect(none).toMatchObject({ code: 1, stdout: '' })
  expect(none.stderr).toMatch(/^Nothing stored in /)
})

test('stats --since: all runs of that time', async () => {
  const root = await builtTwice()
  const found = JSON.parse((await remember(root, 'stats', '--since', '1h', '--json')).stdout) as {
    runs: unknown[]
  }
  const runs = [
    { hits: 2, misses: 1 },
    { hits: 0, misses: 3 },
  ]
  expect(found).toMatchObject({ format: 1, hits: 2, misses: 4, runs })
  const text = (await remember(root, 'stats', '--since', '2d')).stdout
  expect(text).toMatch(/^2 runs since .*: 33 % reused/)
  expect(text).toMatch(/\n {2}shout transform {2}2 reused {2}4 new /)
  expect((await remember(root, 'stats', '--since', 'monday')).code).toBe(2)
})

test('diff: what changed between the keys of two builds', async () => {
  const root = await builtTwice()
  const [second, first] = (
    JSON.parse((await remember(root, 'stats', '--since', '1h', '--json')).stdout) as {
      runs: { id: string }[]
    }
  ).runs as [{ id: string }, { id: string }]
  const same = await remember(root, 'diff')
  expect(same.stdout).toMatch(
    new RegExp(
      `^${first.id} \\(.*\\) → ${second.id} \\(.*\\)\nshout\n  transform  code: changed  \\(two.js\\)\n$`,
    ),
  )

  write(root, 'main.js', `import './one.js'\nimport './three.js'\n`)
  write(root, 'three.js', '')
  await buildWith(root, 'b')
  const found = JSON.parse((await remember(root, 'diff', 'last~2', 'last', '--json')).stdout)
  expect(found).toMatchObject({ format: 1, before: { id: first.id }, isWhole: true })
  const about = { plugin: 'shout', hook: 'transform' }
  expect(found.changes).toEqual([
    { ...about, kind: 'part', part: 'mark', from: '"a"', to: '"b"', count: 2 },
    { ...about, kind: 'gone', count: 1, id: '<root>/two.js' },
    { ...about, kind: 'new', count: 1, id: '<root>/three.js' },
  ])
  const text = (await remember(root, 'diff', first.id.slice(0, 6))).stdout
  expect(text).toContain('\n  transform  mark: "a" → "b"  (2 calls)\n')
  expect(text).toContain('\n  transform  only in the second  (three.js)\n')

  const unknown = await remember(root, 'diff', 'last~9')
  expect(unknown).toMatchObject({ code: 2, stdout: '' })
  expect(unknown.stderr).toContain('No recorded build is called last~9. There are 3')
  expect((await remember(root, 'diff', 'last', 'last')).stdout).toContain('Nothing that the keys')
})

test('diff: an input of a call, and what the user says of all', async () => {
  const root = project({ 'main.js': 'console.log(1)\n', 'data.txt': 'one' })
  const reading = (locale: string): Promise<unknown> =>
    build({
      host: 'rollup',
      root,
      plugins: () => [
        {
          name: 'reader',
          transform(this: unknown, code: string) {
            return {
              code: `${code}// ${fs.readFileSync(path.join(root, 'data.txt'), 'utf8')}\n`,
              map: null,
            }
          },
        },
      ],
      remember: { include: ['reader'], extra: { locale } },
    })
  await reading('en')
  write(root, 'data.txt', 'two')
  await reading('en')
  expect((await remember(root, 'diff')).stdout).toContain('transform  data.txt: changed  (main.js)')
  await reading('de')
  const line = 'extra.locale: "en" → "de"'
  expect((await remember(root, 'diff')).stdout).toContain(`transform  ${line}  (1 call)`)
  expect((await remember(root, 'why')).stdout).toBe(`reader transform  ${line}  (main.js)\n`)
})

test('why: what was pruned, what was cleared, and what could not be stored', async () => {
  const root = await builtTwice()
  await remember(root, 'prune', '--max-size', '1B')
  await buildWith(root, 'a')
  expect((await remember(root, 'why')).stdout).toBe(
    'shout transform  pruned just now  (3 calls, main.js …)\n',
  )
  const [pruned] = JSON.parse((await remember(root, 'why', '--json')).stdout) as Record<
    string,
    string
  >[]
  expect(pruned).toMatchObject({ reason: 'pruned', count: 3 })
  expect(Date.now() - Date.parse(pruned!['from']!)).toBeLessThan(3_600_000)

  // what came back since is not spoken of any more, nor what changed since
  write(root, 'one.js', 'console.log(11)\n')
  await remember(root, 'clear', 'two.js')
  await buildWith(root, 'a')
  const lines = (await remember(root, 'why')).stdout.split('\n').sort()
  expect(lines).toEqual([
    '',
    'shout transform  cleared just now  (two.js)',
    'shout transform  code: changed  (one.js)',
  ])
})

test('why: an older build may be the nearer one; a call that can never be stored', async () => {
  const root = project({ 'main.js': 'console.log(1)\n' })
  const buildOf = (options: object, print = false): Promise<unknown> =>
    build({
      host: 'rollup',
      root,
      plugins: () => [
        {
          name: 'own',
          transform(this: unknown, code: string) {
            if (print) process.stdout.write(' ')
            return { code: `${code}// ${JSON.stringify(options)}\n`, map: null }
          },
        },
      ],
      remember: { include: ['own'] },
    })
  await buildOf({ a: 1, b: 1, c: 1 })
  await buildOf({ a: 2, b: 2, c: 2 })
  await buildOf({ a: 1, b: 1, c: 3 })
  expect((await remember(root, 'why')).stdout).toBe('own transform  options.c: 1 → 3  (main.js)\n')

  await buildOf({ a: 5 }, true)
  await buildOf({ a: 5 }, true)
  expect((await remember(root, 'why')).stdout).toBe(
    'own transform  not stored last time: printed to the terminal  (main.js)\n',
  )
})

test('why and stats: a plugin that nobody remembers, and the first build', async () => {
  const root = project({ 'main.js': 'console.log(1)\n' })
  const commonjs = { name: 'commonjs', transform: () => null }
  const plugins = () => [shout('a'), commonjs]
  await build({ host: 'rollup', root, plugins })
  expect((await remember(root, 'why', 'shout')).stdout).toMatch(
    /^shout transform {2}not remembered: no policy {2}\(1 call, 0\.\d\d s\)\n`npx remember audit/,
  )
  expect((await remember(root, 'why', 'commonjs')).stdout).toMatch(
    /^commonjs transform {2}not remembered: loads other modules .* \(1 call, 0\.\d\d s\)\n$/,
  )
  const { others } = JSON.parse((await remember(root, 'stats', '--json')).stdout) as Record<
    string,
    unknown
  >
  const about = { hook: 'transform', calls: 1, ms: expect.any(Number) }
  expect(others).toContainEqual({ ...about, plugin: 'shout', reason: 'no policy' })

  await build({ host: 'rollup', root, plugins, remember: { include: ['shout'] } })
  expect((await remember(root, 'why', 'main.js')).stdout).toBe(
    'main.js: 1 call; the first build of this root has nothing to compare with.\n',
  )
  const other = project({ 'main.js': 'console.log(1)\n' })
  await buildWith(other, 'a')
  expect((await remember(other, 'why')).stdout).toMatch(
    /^This is the first build of this root in the store/,
  )
})

test('why: calls that the policy of a plugin refuses', async () => {
  const root = project({ 'main.js': 'console.log(1)\n' })
  const outputPlugins = () => {
    const options = { nameCache: {} }
    const renderChunk = (code: string): unknown => (options.nameCache ? { code, map: null } : null)
    return [{ name: 'terser', renderChunk }]
  }
  await build({ host: 'rollup', root, plugins: () => [], outputPlugins })
  expect((await remember(root, 'why', 'terser')).stdout).toBe(
    'terser renderChunk  refused: nameCache is state across chunks  (1 call)\n',
  )
})
