import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { build, createCalls, hosts, project, write, type Calls } from './harness.ts'

// A page that includes another file: what a plugin keeps of it is what it was given, not
// what the page's file holds. Found on a VitePress site, where the styles of an included
// file stayed as they were.

const sources = {
  'main.js': `import './page.js'\n`,
  'page.js': `import './page.js?part'\n`,
  'included.txt': 'one',
}

/** Not remembered; makes one module of two files, as VitePress does. */
function including(root: string): unknown {
  return {
    name: 'including',
    transform(code: string, id: string) {
      if (!id.endsWith('page.js')) return null
      return `${code}// ${fs.readFileSync(path.join(root, 'included.txt'), 'utf8')}\n`
    },
  }
}

/** Remembered; answers for a part of a file from what it was given for the file, as plugin-vue does. */
function parting(calls: Calls): unknown {
  const whole = new Map<string, string>()
  return {
    name: 'parting',
    resolveId(source: string, importer: string) {
      return source.endsWith('?part') ? path.join(path.dirname(importer), source) : null
    },
    load(id: string) {
      if (!id.endsWith('?part')) return null
      calls.emit('call', 'load')
      const file = id.slice(0, -'?part'.length)
      return `console.log(${JSON.stringify(/\/\/ (.*)/.exec(whole.get(file) ?? '')?.[1])})`
    },
    transform(code: string, id: string) {
      if (id.endsWith('page.js')) whole.set(id, code)
      return null
    },
  }
}

describe.each(hosts)('%s', (host) => {
  test('a part of a file depends on the code that its plugin was given for the file', async () => {
    const root = project(sources)
    const calls = createCalls()
    const plugins = (): unknown[] => [including(root), parting(calls)]
    const remember = { include: ['parting'] }
    await build({ host, root, plugins, remember })
    calls.take()
    await build({ host, root, plugins, remember })
    expect(calls.take()).toEqual([])

    write(root, 'included.txt', 'two')
    const warm = await build({ host, root, plugins, remember })
    const plain = await build({ host, root, plugins, remember: false })
    expect(Object.values(plain.files).join()).toContain('two')
    expect(warm.files).toEqual(plain.files)
  })
})
