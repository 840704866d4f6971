import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { bundle } from './bundle.ts'
import { compareDirs } from './compareDirs.ts'
import { copyPlayground } from './playground.ts'
import { runNode, runNodeOrThrow } from './runNode.ts'
import { tempDir } from './temp.ts'

function writeFiles(files: Readonly<Record<string, string>>): string {
  const dir = tempDir()
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(dir, name)), { recursive: true })
    fs.writeFileSync(path.join(dir, name), text)
  }
  return dir
}

describe('compareDirs', () => {
  test('equal folders have no differences', () => {
    const files = { 'a.js': '1', 'assets/b.css': '2' }
    expect(compareDirs(writeFiles(files), writeFiles(files))).toEqual([])
  })

  test('names what differs and what is missing on a side', () => {
    const one = writeFiles({ 'a.js': '1', 'assets/b.css': '2', 'c.txt': '' })
    const other = writeFiles({ 'a.js': '1', 'assets/b.css': '3', 'd.txt': '' })
    expect(compareDirs(one, other)).toEqual([
      'assets/b.css: differs',
      `c.txt: only in ${one}`,
      `d.txt: only in ${other}`,
    ])
  })
})

describe('runNode', () => {
  const dir = (): string =>
    writeFiles({
      'say.mjs': `
        console.log(process.argv[2], process.env.NODE_ENV, process.env.VITEST, process.env.GIVEN)
        console.error('aside')
        process.exitCode = 3
      `,
    })

  test('gives what was printed and the code, and hides that vitest runs', async () => {
    const script = path.join(dir(), 'say.mjs')
    const result = await runNode(script, { args: ['word'], env: { GIVEN: 'yes' } })
    expect(result).toMatchObject({
      code: 3,
      signal: null,
      stdout: 'word undefined undefined yes\n',
      stderr: 'aside\n',
    })
  })

  test('runNodeOrThrow throws with what was printed', async () => {
    await expect(runNodeOrThrow(path.join(dir(), 'say.mjs'))).rejects.toThrow(/code 3:[^]*aside/)
  })
})

test('bundle makes TypeScript run in a child process', async () => {
  const dir = tempDir('vite-8')
  const entry = path.join(dir, 'entry.ts')
  fs.writeFileSync(
    entry,
    `import MagicString from 'magic-string'
     const text: string = new MagicString('abc').remove(0, 1).toString()
     console.log(text)`,
  )
  const { stdout } = await runNodeOrThrow(await bundle(entry))
  expect(stdout).toBe('bc\n')
})

describe.each(['vite-8', 'vite-7'] as const)('copyPlayground on %s', (host) => {
  test('builds with the packages of that host, with this project and without', async () => {
    const app = await copyPlayground('vue', host, 2)
    const plain = await app.build('out-plain', { env: { PLAYGROUND_PLAIN: '1' } })
    expect(plain.stdout).toContain(`vite v${host.slice('vite-'.length)}.`)
    expect(fs.existsSync(app.store)).toBe(false)

    await app.build('out')
    expect(fs.readdirSync(app.store)).not.toEqual([])
    expect(compareDirs(path.join(app.dir, 'out-plain'), path.join(app.dir, 'out'))).toEqual([])
  })

  test('a build that fails throws with its output', async () => {
    const app = await copyPlayground('vue', host)
    fs.writeFileSync(path.join(app.dir, 'src/main.ts'), `import './missing.ts'`)
    await expect(app.build('out')).rejects.toThrow('missing.ts')
  })
})
