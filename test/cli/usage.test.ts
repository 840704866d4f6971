import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { nearest } from '../../src/cli/nearest.ts'
import { openProgress } from '../../src/cli/progress.ts'
import { runNode, type RunResult } from '../support/runNode.ts'
import { tempDir } from '../support/temp.ts'

const command = path.resolve(import.meta.dirname, '../../dist/cli.js')
const commands = [
  'stats',
  'why',
  'diff',
  'ls',
  'show',
  'verify',
  'prune',
  'clear',
  'doctor',
  'report',
  'audit',
]

function remember(...args: readonly string[]): Promise<RunResult> {
  return runNode(command, { cwd: tempDir(), args, env: { FORCE_COLOR: '1', CI: '' } })
}

test('--help names each command, and each has examples of its own', async () => {
  const { code, stdout } = await remember('--help')
  expect(code).toBe(0)
  expect(await remember('-h')).toMatchObject({ stdout })
  for (const name of commands) {
    expect(stdout).toMatch(new RegExp(`\n  ${name} +\\w`))
    const own = await remember(name, '--help')
    expect(own.code).toBe(0)
    expect(own.stdout).toMatch(new RegExp(`\nEXAMPLES\n\n  npx remember ${name}\\b`))
    expect(own.stdout).toContain('--json')
    // docs/audit.md: it has stores of its own
    if (name !== 'audit') expect(own.stdout).toContain('--dir')
  }
})

/** Files of the engine, the report and what they need that a command loads. */
async function engineFiles(...args: readonly string[]): Promise<string[]> {
  const coverage = tempDir()
  await runNode(command, { cwd: tempDir(), args, env: { NODE_V8_COVERAGE: coverage } })
  const files = fs.readdirSync(coverage).map((name) => path.join(coverage, name))
  const urls = files.flatMap((file) =>
    (JSON.parse(fs.readFileSync(file, 'utf8')) as { result: { url: string }[] }).result.map(
      ({ url }) => url,
    ),
  )
  const loaded = urls.filter((url) => url.startsWith('file:')).map((url) => path.basename(url))
  return loaded.filter((name) =>
    /^(?:report|engine|door|store)\.js$|xxhash|magic-string/.test(name),
  )
}

test('help and wrong usage load nothing of the engine', async () => {
  expect(await engineFiles('--help')).toEqual([])
  expect(await engineFiles('why', '--help')).toEqual([])
  expect(await engineFiles('stat')).toEqual([])
  expect(await engineFiles('stats')).not.toEqual([])
})

test.each([
  [['stat'], 'There is no command `stat`. Did you mean `stats`?\nSee `remember --help`.\n'],
  [['doctro'], 'There is no command `doctro`. Did you mean `doctor`?\nSee `remember --help`.\n'],
  [['frobnicate'], 'There is no command `frobnicate`.\nSee `remember --help`.\n'],
  [['constructor'], 'There is no command `constructor`.\nSee `remember --help`.\n'],
  [
    ['stats', '--sinc', '7d'],
    'There is no option `--sinc`. Did you mean `--since`?\nSee `remember stats --help`.\n',
  ],
  [
    ['prune', '--maxsize=1'],
    'There is no option `--maxsize`. Did you mean `--max-size`?\nSee `remember prune --help`.\n',
  ],
  [['ls', '-x'], 'There is no option `-x`.\nSee `remember ls --help`.\n'],
  [['why', 'a', 'b'], '`b` is one argument too many.\nSee `remember why --help`.\n'],
  [['show'], '<ABOUT> is missing.\nSee `remember show --help`.\n'],
  [['ls', '--limit'], '--limit needs a value.\nSee `remember ls --help`.\n'],
  [
    ['report', '--no-cod'],
    'There is no option `--no-cod`. Did you mean `--no-code`?\nSee `remember report --help`.\n',
  ],
  [['verify', '--fix=now'], '--fix takes no value.\nSee `remember verify --help`.\n'],
])('wrong usage: %j', async (args, stderr) => {
  expect(await remember(...args)).toMatchObject({ code: 2, stdout: '', stderr })
})

test('without a command: what there is, and code 2', async () => {
  const { code, stdout } = await remember()
  expect(code).toBe(2)
  expect(stdout).toContain('Usage: remember <command>')
  expect((await remember('--version')).stdout).toMatch(/^\d+\.\d+\.\d+/)
})

test('the nearest name', () => {
  expect(nearest('ver', commands)).toBe('verify')
  expect(nearest('claer', commands)).toBe('clear')
  expect(nearest('d', commands)).toBeUndefined()
  expect(nearest('', commands)).toBeUndefined()
})

test('progress: on a terminal, when it takes long, and gone at the end', () => {
  const said: string[] = []
  let at = 0
  const write = (text: string): number => said.push(text)
  const progress = openProgress('verify', { isTTY: true, write }, () => at)
  progress.report(1, 10)
  expect(said).toEqual([])
  at = 1000
  progress.report(5, 10)
  progress.report(6, 10)
  progress.end()
  expect(said).toEqual(['\r\u001B[Kverify … 50 %', '\r\u001B[K'])

  const silent = openProgress('verify', { write }, () => (at += 1000))
  silent.report(1, 2)
  silent.end()
  expect(said).toHaveLength(2)
})
