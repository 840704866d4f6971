import { fork } from 'node:child_process'
import { once } from 'node:events'
import os from 'node:os'
import path from 'node:path'
import { hostModules, type Host } from '../../scripts/lib/hosts.mjs'
import { findPolicy, type HookName } from '../../src/policies/index.ts'

export interface DevServer {
  readonly url: string
  /** Calls since the last time that ran inside plugins whose hooks are remembered, e.g. `vite:vue transform src/App.vue`. */
  calls(included?: readonly string[]): Promise<string[]>
  /** Closes the server; its process must then end by itself. Answers what it printed. */
  close(): Promise<string>
  /** Ends its process as a process manager does. */
  terminate(): Promise<void>
}

export interface DevServerOptions {
  readonly dir: string
  readonly host: Host
  readonly env?: Readonly<Record<string, string>>
}

type Call = readonly [plugin: string, hook: HookName, id: string]

/** Starts Vite's dev server with `vite.config.js` of a folder, in a process of its own. */
export async function startDevServer({ dir, host, env }: DevServerOptions): Promise<DevServer> {
  const vite = path.join(hostModules(host), 'vite/dist/node/index.js')
  const script = path.join(import.meta.dirname, 'workers/server.mjs')
  const child = fork(script, [vite, path.join(dir, 'vite.config.js')], {
    cwd: dir,
    // NODE_ENV, which vitest sets, would be the mode of some plugins
    env: {
      ...process.env,
      NODE_ENV: undefined,
      VITEST: undefined,
      REMEMBER_TEST_CALLS: os.devNull,
      ...env,
    },
    silent: true,
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (printed += text))
  }
  const ended = once(child, 'exit') as Promise<[number | null]>

  async function answer(): Promise<unknown> {
    const told = await Promise.race([once(child, 'message'), ended.then(() => undefined)])
    if (!told) throw new Error(`The dev server in ${dir} ended:\n${printed}`)
    return told[0] as unknown
  }

  const { url } = (await answer()) as { url: string }
  return {
    url,
    async calls(included = []) {
      child.send('calls')
      const { calls } = (await answer()) as { calls: Call[] }
      return calls
        .filter((call) => isRemembered(call) || included.includes(call[0]))
        .map(([plugin, hook, id]) => `${plugin} ${hook} ${id.replaceAll(`${dir}/`, '')}`)
    },
    async close() {
      child.send('close')
      const [code] = await ended
      if (code !== 0) throw new Error(`The dev server in ${dir} ended with ${code}:\n${printed}`)
      return printed
    },
    async terminate() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

function isRemembered([plugin, hook]: Call): boolean {
  const policy = findPolicy(plugin)
  return policy?.verdict === 'cache' && policy.hooks.includes(hook) && !policy.notInDev
}
