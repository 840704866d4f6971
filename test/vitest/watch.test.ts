import { fork, type ChildProcess } from 'node:child_process'
import { on, once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { vitestProject } from './project.ts'

interface Run {
  readonly results: readonly { readonly name: string; readonly state: string }[]
  readonly errors: readonly unknown[]
}

/** Starts Vitest's watcher in a process of its own; answers its runs as they end. */
function watchTests(
  dir: string,
  env: Readonly<Record<string, string>>,
): { child: ChildProcess; runs: AsyncIterator<readonly [Run]> } {
  const script = path.join(dir, 'watch.mjs')
  fs.copyFileSync(path.join(import.meta.dirname, 'child.mjs'), script)
  // this test's own runner sets these
  const shell = { ...process.env, VITEST: undefined, NODE_ENV: undefined }
  const child = fork(script, { cwd: dir, env: { ...shell, ...env }, silent: true })
  onTestFinished(() => void (child.exitCode === null && child.kill('SIGKILL')))
  return { child, runs: on(child, 'message') as AsyncIterator<readonly [Run]> }
}

test('Vitest 4 watches: an edit is seen, and the end is an end', async () => {
  const project = vitestProject('vitest-4')
  const file = path.join(project.dir, 'src/Hello.vue')
  const before = fs.readFileSync(file, 'utf8')
  const store = path.join(project.dir, '../store')
  const seen: Run[][] = []

  for (const env of [{ REMEMBER: 'off' }, {}, {}]) {
    fs.writeFileSync(file, before)
    const { child, runs } = watchTests(project.dir, { REMEMBER_DIR: store, ...env })
    const next = async (): Promise<Run> => (await runs.next()).value[0] as Run
    const all = [await next()]
    // breaks one test, mends it again, and mends another by another place in its stack
    for (const text of [
      before.replace('greet(props.name)', `greet(props.name) + '!'`),
      before,
      `<!-- moves all that follows -->\n${before}`,
    ]) {
      fs.writeFileSync(file, text)
      all.push(await next())
    }
    child.send('close')
    await once(child, 'exit')
    seen.push(all)
  }
  const states = seen[0]!.map(({ results }) => results.map(({ state }) => state).join(' '))
  expect(states[1]).not.toBe(states[0])
  expect(states[2]).toBe(states[0])
  expect(seen[1]).toEqual(seen[0])
  expect(seen[2]).toEqual(seen[0])
})
