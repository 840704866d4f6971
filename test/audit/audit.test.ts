import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { AuditResult } from '../../src/cli/audit/audit.ts'
import { hostModules } from '../../scripts/lib/hosts.mjs'
import { runNode, type RunResult } from '../support/runNode.ts'
import { repository, tempDir } from '../support/temp.ts'

const cli = path.join(repository, 'dist/cli.js')

interface Audited extends RunResult {
  readonly dir: string
  readonly result: AuditResult
}

/** Audits a copy of the fixture with some of its plugins, in processes of their own. */
async function auditFixture(
  bundler: 'vite' | 'rollup',
  plugins: string,
  include?: string,
): Promise<Audited> {
  const dir = path.join(tempDir('vite-8'), 'fixture')
  fs.cpSync(path.join(import.meta.dirname, 'fixture'), dir, { recursive: true })
  const command =
    bundler === 'vite'
      ? [path.join(hostModules('vite-8'), 'vite/bin/vite.js'), 'build']
      : [path.join(hostModules('vite-8'), 'rollup/dist/bin/rollup'), '-c', '--silent']
  const ended = await runNode(cli, {
    cwd: dir,
    args: ['audit', '--json', '--', process.execPath, ...command],
    env: { AUDIT_PLUGINS: plugins, AUDIT_INCLUDE: include, AUDIT_WORK: '150' },
  })
  return { ...ended, dir, result: JSON.parse(ended.stdout || '{}') as AuditResult }
}

function verdicts({ result }: Audited): Record<string, string> {
  return Object.fromEntries(
    result.plugins.map(({ plugin, verdict, findings }) => [
      plugin,
      [verdict, ...findings.map(({ kind }) => kind)].join(': '),
    ]),
  )
}

test('Vite 8: an impure plugin, a collecting one and a pure one are told apart', async () => {
  const audited = await auditFixture('vite', 'impure collecting pure')
  expect(verdicts(audited)).toEqual({
    impure: 'not safe: differing_outcome',
    collecting: 'not safe: state_left_behind',
    pure: 'safe',
  })
  expect(audited.code).toBe(0)
  const { plugins, unstable, unexplained } = audited.result
  const [impure, collecting, pure] = plugins
  expect(impure!.findings[0]!.seen).toMatch(
    /^transform <root>\/\S*src\/stamp\.js: result\.code at line 1 column \d+: .*'\d+'.* → .*'\d+'/,
  )
  expect(collecting!.findings[0]!.seen).toMatch(
    /^with its calls reused, dist\/seen\.json differs at line 1 column 2: .*words: of a.* → "\[\]"$/,
  )
  expect(pure).toMatchObject({ role: 'tried', line: `include: ['pure']` })
  expect(pure!.reused).toBe(pure!.calls)
  // the random number is in there, and what is beside it is compared all the same
  expect(unstable).toEqual([expect.stringMatching(/^dist\/assets\/main-.*\.js$/)])
  expect(unexplained).toEqual([])
  // what it leaves behind is a plain build
  const collected = fs.readFileSync(path.join(audited.dir, 'dist/seen.json'), 'utf8')
  expect(collected).toContain('words: of a')
  // its stores are its own
  expect(fs.readdirSync(audited.dir).sort()).toEqual(
    ['dist', ...fs.readdirSync(path.join(import.meta.dirname, 'fixture'))].sort(),
  )
})

test('Rollup 4: these, and all others that can be told', async () => {
  const all = 'impure collecting pure tiny counting shelling stamped asking'
  const audited = await auditFixture('rollup', all, 'collecting')
  expect(verdicts(audited)).toMatchObject({
    impure: 'not safe: differing_outcome',
    collecting: 'not safe: state_left_behind',
    pure: 'safe',
    tiny: 'not worth it',
    shelling: 'not safe: unseen_inputs',
    stamped: 'not worth it',
    asking: 'not worth it',
  })
  // its order may change by itself
  expect(verdicts(audited)['counting']).toMatch(/^not safe: (?:order_dependent|differing_outcome)$/)
  const byName = Object.fromEntries(audited.result.plugins.map((each) => [each.plugin, each]))
  expect(byName['shelling']!.findings[0]!.seen).toContain('a child process (1 call)')
  expect(byName['stamped']!.remarks).toEqual([
    expect.stringMatching(
      /^nothing was reused: options\.stamp differs from build to build, \d+ → \d+$/,
    ),
  ])
  expect(byName['asking']!.remarks).toEqual(['1 of 5 calls not stored: this.getModuleIds 1'])
  // included today, so that someone has to do something
  expect(byName['collecting']).toMatchObject({
    role: 'remembered',
    line: `exclude: ['collecting']`,
  })
  expect(audited.code).toBe(1)
})

describe('the command', () => {
  const script = (text: string): string[] => ['--', process.execPath, '-e', text]
  test.each([
    ['nothing to build', [], 'Say after -- how to build'],
    ['a build that fails', script('console.log("no way"); process.exit(3)'), 'code 3:\nno way'],
    ['a build without us', script(''), 'vite-plugin-remember is not among the plugins'],
    ['no such command', ['--', '/no/such/command'], 'ENOENT'],
  ])('%s', async (_name, args, message) => {
    const ended = await runNode(cli, { cwd: tempDir(), args: ['audit', ...args] })
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain(message)
    expect(ended.stdout).toBe('')
  })

  test('--help shows how', async () => {
    const ended = await runNode(cli, { args: ['audit', '--help'] })
    expect(ended.code).toBe(0)
    expect(ended.stdout + ended.stderr).toContain('remember audit -- vite build')
  })
})
