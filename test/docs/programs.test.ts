import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { runNodeOrThrow } from '../support/runNode.ts'
import { tempDir } from '../support/temp.ts'
import { blocksOf, type Block } from './pages.ts'

const blocks = blocksOf('docs/engine.md')
/** What a program prints is in the blocks that follow it. */
const printed = (program: Block): string[] => {
  const after = blocks.slice(blocks.indexOf(program) + 1)
  const next = after.findIndex((block) => block.file !== undefined)
  return after.slice(0, next === -1 ? undefined : next).map(({ code }) => code)
}
const named = (file: string): Block => blocks.find((block) => block.file === file)!

async function write(program: Block, files: Readonly<Record<string, string>>) {
  // where the package finds itself
  const cwd = tempDir('vite-8')
  for (const [name, text] of Object.entries({ ...files, [program.file!]: program.code })) {
    fs.writeFileSync(path.join(cwd, name), text)
  }
  const run = async () => (await runNodeOrThrow(path.join(cwd, program.file!), { cwd })).stdout
  return { cwd, run }
}

describe('the programs of docs/engine.md print what the page says', () => {
  test('toc.mjs', async () => {
    const program = named('toc.mjs')
    const [first, second] = printed(program)
    const { run } = await write(program, { 'page.md': '# One\n\n## Two\n\n### Three\n' })
    expect(await run()).toBe(first)
    expect(await run()).toBe(second)
  })

  test('include.mjs', async () => {
    const program = named('include.mjs')
    const { cwd, run } = await write(program, { 'name.txt': 'Ada\n' })
    const outputs = [await run(), await run()]
    fs.writeFileSync(path.join(cwd, 'name.txt'), 'Grace\n')
    expect([...outputs, await run()].join('')).toBe(printed(program)[0])
  })

  test('no program is left out', () => {
    const programs = blocks.filter(({ language }) => language === 'js')
    expect(programs.map(({ file }) => file)).toEqual(['toc.mjs', 'include.mjs'])
  })
})
