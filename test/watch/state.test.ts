import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readBuilds } from '../../src/engine/index.ts'
import type { BuildNotes } from '../../src/plugin/index.ts'
import { createCalls, project, storeOf, write } from '../plugin/harness.ts'
import { outOf, watchHere, type PlainHost } from './inProcess.ts'

const hosts: readonly PlainHost[] = ['rollup', 'rolldown']

function output(root: string, name?: string): string {
  return fs.readFileSync(path.join(outOf(root, name), 'main.js'), 'utf8')
}

async function notesOf(root: string): Promise<BuildNotes[]> {
  const records = await readBuilds(storeOf(root))
  return records.toReversed().map(({ notes }) => notes as unknown as BuildNotes)
}

function hits(notes: BuildNotes): number {
  return notes.plugins.reduce((sum, { hits: each }) => sum + each, 0)
}

/** Counts its calls; says which generation of the text it saw. */
function counting(calls: ReturnType<typeof createCalls>): object {
  return {
    name: 'counting',
    transform(code: string, id: string) {
      calls.emit('call', path.basename(id))
      return { code: `${code}console.log(${JSON.stringify(code.length)})\n`, map: null }
    },
  }
}

describe.each(hosts)('%s', (host) => {
  const options = { include: ['counting', 'stateful', 'other'] }

  test('two outputs and bundles that nobody closes: each rebuild has its own record', async () => {
    const root = project({ 'main.js': `import './a.js'\n`, 'a.js': `console.log('a1')\n` })
    const calls = createCalls()
    const outputs = ['es', 'cjs'].map((format) => ({ format, dir: outOf(root, format) }))
    const watching = await watchHere({
      host,
      root,
      options,
      leavesOpen: true,
      configs: (remember) => [
        { input: 'main.js', plugins: [remember(), counting(calls)], output: outputs },
      ],
    })
    expect(await watching.next()).toBe('END')
    const own = (): string[] => calls.take().filter((name) => !name.includes('runtime'))
    // once for both: what is pending is visible to the whole process
    expect(own().sort()).toEqual(['a.js', 'main.js'])

    for (const generation of [2, 3]) {
      write(root, 'a.js', `console.log('a${'!'.repeat(generation)}')\n`)
      expect(await watching.next()).toBe('END')
      expect(output(root)).toContain('!'.repeat(generation))
      expect(output(root, 'cjs')).toContain('!'.repeat(generation))
      expect(own()).toEqual(['a.js'])
    }
    await watching.close()
    const records = await notesOf(root)
    const bundles = host === 'rollup' ? 3 : 6
    expect(records.length).toBe(bundles)
    expect(records.flatMap(({ problems }) => problems)).toEqual([])
    // Rollup keeps what did not change and asks nobody
    if (host === 'rolldown') expect(hits(records.at(-1)!)).toBeGreaterThan(0)
  })

  test('one object of ours in two configs of one watcher', async () => {
    const root = project({
      'one.js': `console.log('one')\n`,
      'two.js': `import './part.js'\nconsole.log('two')\n`,
      'part.js': `console.log('part')\n`,
    })
    const calls = createCalls()
    const watching = await watchHere({
      host,
      root,
      options,
      configs(remember) {
        const plugins = [remember(), counting(calls)]
        return ['one', 'two'].map((name) => ({
          input: { main: `${name}.js` },
          plugins,
          output: { dir: outOf(root, name) },
        }))
      },
    })
    expect(await watching.next()).toBe('END')
    calls.take()
    write(root, 'two.js', `import './part.js'\nconsole.log('two!')\n`)
    expect(await watching.next()).toBe('END')
    expect(output(root, 'two')).toContain('two!')
    expect(output(root, 'one')).toContain('one')
    expect(calls.take().filter((name) => !name.includes('runtime'))).toEqual(['two.js'])
    await watching.close()
    expect((await notesOf(root)).flatMap(({ problems }) => problems)).toEqual([])
  })

  test('a bundle whose closing takes until the next build', async () => {
    const root = project({ 'main.js': `import './a.js'\n`, 'a.js': `console.log('a')\n` })
    const calls = createCalls()
    const held = { release: (): void => undefined }
    const slow = {
      name: 'slow',
      closeBundle: () => new Promise<void>((resolve) => (held.release = resolve)),
      async transform(_: string, id: string) {
        if (!id.endsWith('main.js')) return
        held.release()
        for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate)
      },
    }
    const watching = await watchHere({
      host,
      root,
      options,
      leavesOpen: true,
      closesLater: true,
      configs: (remember) => [
        {
          input: 'main.js',
          plugins: [remember(), slow, counting(calls)],
          output: { dir: outOf(root) },
        },
      ],
    })
    for (const generation of [1, 2, 3]) {
      if (generation > 1) write(root, 'main.js', `import './a.js'\nconsole.log(${generation})\n`)
      expect(await watching.next()).toBe('END')
      const own = calls.take().filter((name) => !name.includes('runtime'))
      expect(own.sort()).toEqual(generation > 1 ? ['main.js'] : ['a.js', 'main.js'])
    }
    held.release()
  })

  test('an option that another hook sets is looked at for each rebuild', async () => {
    const root = project({ 'main.js': `console.log(TEXT)\n`, 'text.json': '"one"' })
    const plugin = (): object => {
      let text = ''
      return {
        name: 'other',
        buildStart(this: { addWatchFile(file: string): void }) {
          this.addWatchFile(path.join(root, 'text.json'))
          text = JSON.parse(fs.readFileSync(path.join(root, 'text.json'), 'utf8')) as string
        },
        transform: (code: string) => ({ code: code.replace('TEXT', `'${text}'`), map: null }),
        // Rollup keeps what it transformed unless told otherwise
        shouldTransformCachedModule: () => true,
      }
    }
    const watching = await watchHere({
      host,
      root,
      options,
      configs: (remember) => [
        { input: 'main.js', plugins: [remember(), plugin()], output: { dir: outOf(root) } },
      ],
    })
    expect(await watching.next()).toBe('END')
    for (const text of ['two', 'one', 'three']) {
      write(root, 'text.json', JSON.stringify(text))
      expect(await watching.next()).toBe('END')
      expect(output(root)).toContain(text)
    }
  })

  test('a plugin with state per file knows in a rebuild what was answered for it in an earlier one', async () => {
    const root = project({
      'main.js': `import './a.state'\nconsole.log('main')\n`,
      'a.state': 'first',
      'part.txt': 'one',
    })
    const plugin = (): object => {
      const state = new Map<string, string>()
      return {
        name: 'stateful',
        resolveId: (id: string) => (id.includes('?part') ? id : null),
        load(this: { addWatchFile(file: string): void }, id: string) {
          if (!id.includes('?part')) return null
          const file = id.slice(0, id.indexOf('?'))
          const part = path.join(root, 'part.txt')
          this.addWatchFile(part)
          const text = `${state.get(file) ?? 'unknown'} ${fs.readFileSync(part, 'utf8')}`
          return { code: `console.log(${JSON.stringify(text)})`, map: null }
        },
        transform(code: string, id: string) {
          if (!id.endsWith('.state')) return null
          state.set(id, code.trim())
          return { code: `import ${JSON.stringify(`${id}?part`)}`, map: null }
        },
      }
    }
    const start = (): ReturnType<typeof watchHere> =>
      watchHere({
        host,
        root,
        options,
        configs: (remember) => [
          {
            input: 'main.js',
            plugins: [remember(), plugin()],
            output: { dir: outOf(root) },
          },
        ],
      })
    const cold = await start()
    expect(await cold.next()).toBe('END')
    await cold.close()

    const warm = await start()
    expect(await warm.next()).toBe('END')
    expect(hits((await notesOf(root)).at(-1)!)).toBeGreaterThan(0)
    for (const text of ['two', 'three', 'one']) {
      write(root, 'part.txt', text)
      expect(await warm.next()).toBe('END')
      expect(output(root)).toContain(`first ${text}`)
    }
    write(root, 'a.state', 'second')
    expect(await warm.next()).toBe('END')
    expect(output(root)).toContain('second one')
    write(root, 'part.txt', 'four')
    expect(await warm.next()).toBe('END')
    expect(output(root)).toContain('second four')
  })
})
