import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { hostModules } from '../../scripts/lib/hosts.mjs'
import { compareDirs } from '../support/compareDirs.ts'
import { runNodeOrThrow } from '../support/runNode.ts'
import { repository, tempDir } from '../support/temp.ts'
import { blocksOf } from './pages.ts'
import { recipes } from './recipes.ts'

interface Stats {
  readonly misses: number
  readonly plugins: readonly { readonly plugin: string; readonly hits: number }[]
}

/** An app in a folder of its own, with the packages of the repository. */
function appOf(files: Readonly<Record<string, string>>) {
  const cwd = tempDir('vite-8')
  const store = path.join(cwd, 'store')
  const manifest = JSON.stringify({ name: 'app', private: true, type: 'module' })
  const write = (name: string, text: string): void => {
    fs.mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true })
    fs.writeFileSync(path.join(cwd, name), text)
  }
  for (const [name, text] of Object.entries({ 'package.json': manifest, ...files }))
    write(name, text)
  const isVite = 'vite.config.js' in files
  const bin = isVite ? 'vite/bin/vite.js' : 'rollup/dist/bin/rollup'
  const script = path.join(hostModules('vite-8'), bin)
  const args = isVite ? ['build', '--logLevel', 'warn'] : ['--silent', '-c']
  return {
    write,
    async build(name: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
      fs.rmSync(path.join(cwd, 'dist'), { recursive: true, force: true })
      await runNodeOrThrow(script, { cwd, args, env: { REMEMBER_DIR: store, ...env } })
      fs.renameSync(path.join(cwd, 'dist'), path.join(cwd, name))
      return path.join(cwd, name)
    },
    async stats(): Promise<Stats> {
      const cli = path.join(repository, 'dist/cli.js')
      const { stdout } = await runNodeOrThrow(cli, { args: ['stats', '--json', '--dir', store] })
      return JSON.parse(stdout) as Stats
    },
  }
}

function filesIn(page: string, heading: string): Record<string, string> {
  const shown = blocksOf(page).filter((block) => block.heading === heading && block.file)
  return Object.fromEntries(shown.map(({ file, code }) => [file!, code]))
}

describe('docs/recipes.md', () => {
  test.each(Object.entries(recipes))('%s', async (heading, { files, remembered }) => {
    const app = appOf({ ...files, ...filesIn('docs/recipes.md', heading) })
    const plain = await app.build('plain', { REMEMBER: 'off' })
    for (const name of ['cold', 'warm']) {
      expect(compareDirs(plain, await app.build(name))).toEqual([])
    }
    const { misses, plugins } = await app.stats()
    const reused = plugins.filter(({ hits }) => hits > 0).map(({ plugin }) => plugin)
    expect(misses).toBe(0)
    expect(reused).toEqual(expect.arrayContaining([...remembered]))
  })

  test('every config of the page is tried', () => {
    const shown = blocksOf('docs/recipes.md').filter(({ language }) => language === 'js')
    expect(shown.map(({ heading }) => heading)).toEqual(Object.keys(recipes))
  })
})

test('the plugin of docs/writing-a-policy.md is remembered by its own word', async () => {
  const app = appOf({
    ...filesIn('docs/writing-a-policy.md', 'You wrote the plugin'),
    'banner.txt': 'made by hand\n',
    'src/index.js': 'console.log(1)\n',
  })
  await app.build('cold')
  await app.build('warm')
  expect(await app.stats()).toMatchObject({ misses: 0, plugins: [{ plugin: 'banner', hits: 1 }] })
  app.write('banner.txt', 'made anew\n')
  const edited = await app.build('edited')
  expect(await app.stats()).toMatchObject({ misses: 1 })
  const plain = await app.build('plain', { REMEMBER: 'off' })
  expect(compareDirs(plain, edited)).toEqual([])
  expect(fs.readFileSync(path.join(edited, 'index.js'), 'utf8')).toContain('/* made anew */')
})
