import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openCache } from '../../src/engine/index.ts'
import {
  build,
  type BuildRequest,
  createCalls,
  type Host,
  project,
  storeOf,
  write,
} from '../plugin/harness.ts'
import { tempDir } from '../support/temp.ts'

// Odd places for a store and its project, and sources that differ in what some systems take for the same.

const hosts: readonly Host[] = ['vite-8', 'rollup']

function request(host: Host, root: string, calls = createCalls()): BuildRequest {
  const plugin = () => ({
    name: 'slow',
    transform(code: string, id: string) {
      if (!id.endsWith('.js') || id.includes('node_modules')) return null
      calls.emit('call', id.slice(root.length + 1))
      return { code: `${code};console.log(${JSON.stringify(code.length)})\n`, map: null }
    },
  })
  return { host, root, plugins: () => [plugin()], remember: { include: ['slow'] } }
}

/** Builds plain, cold and warm: all alike, and the last one calls nothing. */
async function checkBuilds(host: Host, root: string): Promise<void> {
  const calls = createCalls()
  const asked = request(host, root, calls)
  const plain = await build({ ...asked, remember: false })
  calls.take()
  expect((await build(asked)).files).toEqual(plain.files)
  expect(calls.take().length).toBeGreaterThan(0)
  expect((await build(asked)).files).toEqual(plain.files)
  expect(calls.take()).toEqual([])
}

const sources = {
  'main.js': "import './other.js'\nconsole.log('main')\n",
  'other.js': "console.log('other')\n",
}

describe.each(hosts)('%s', (host) => {
  test('a store behind a symbolic link', async () => {
    const root = project(sources)
    mkdirSync(join(root, 'elsewhere'))
    symlinkSync(join(root, 'elsewhere'), storeOf(root))
    await checkBuilds(host, root)
  })

  test('a path with spaces, signs and letters of other alphabets', async () => {
    const root = join(project({}), 'mit Leerzeichen & 100% Größe, 日本語 🎈')
    for (const [name, text] of Object.entries({ 'package.json': '{}', ...sources }))
      write(root, name, text)
    await checkBuilds(host, root)
  })

  test('modules whose names differ only in case', async () => {
    const root = project({
      'main.js': "import './Same.js'\nimport './same.js'\n",
      'Same.js': "console.log('upper')\n",
      'same.js': "console.log('lower')\n",
    })
    await checkBuilds(host, root)
    // and the one that changes is the one that is computed
    const calls = createCalls()
    write(root, 'same.js', "console.log('lower, edited')\n")
    const { files } = await build(request(host, root, calls))
    expect(calls.take()).toEqual(['same.js'])
    expect(Object.values(files).join()).toMatch(
      /'upper'[^]*'lower, edited'|"upper"[^]*"lower, edited"/,
    )
  })

  test('sources whose line ends change', async () => {
    const root = project(sources)
    const calls = createCalls()
    await build(request(host, root, calls))
    const edits = [sources['other.js'].replaceAll('\n', '\r\n'), sources['other.js']]
    for (const [i, text] of edits.entries()) {
      write(root, 'other.js', text)
      const plain = await build({ ...request(host, root), remember: false })
      calls.take()
      expect((await build(request(host, root, calls))).files).toEqual(plain.files)
      // back to what it was, there is nothing to compute
      expect(calls.take()).toEqual(i === 0 ? ['other.js'] : [])
    }
  })
})

test('one store by two names in one process is one store', async () => {
  const home = tempDir()
  const [real, link] = [join(home, 'real'), join(home, 'link')]
  mkdirSync(real)
  symlinkSync(real, link)
  const asked = { namespace: 'test', parts: { id: 1 } }
  const [one, two] = [await openCache({ dir: real }), await openCache({ dir: link })]
  const results = [await one.remember(asked, () => 'one'), await two.remember(asked, () => 'two')]
  await one.close()
  await two.close()
  const ends = await Promise.all(results.map(({ committed }) => committed))
  expect(ends).toEqual([
    { status: 'stored', value: 'one' },
    { status: 'race_lost', value: 'one' },
  ])
  const reader = await openCache({ dir: link, mode: 'readonly' })
  expect(await reader.remember(asked, () => 'three')).toMatchObject({ status: 'hit', value: 'one' })
  await reader.close()
})
