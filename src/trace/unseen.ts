import { createHook } from 'node:async_hooks'
import childProcess from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'
import { noteUnseen } from './patch.ts'

/** What Node names the resources behind which a hook's inputs can't be followed. */
const resources: Readonly<Record<string, string>> = {
  PROCESSWRAP: 'a child process',
  WORKER: 'a worker thread',
  TCPWRAP: 'the network',
  GETADDRINFOREQWRAP: 'the network',
}

/**
 * Notes from now on which hooks start what nobody can look into: for an audit,
 * since it slows the whole process down. Functions that start a process and wait
 * for it are not seen by those who took them into a variable of their own before.
 */
export function watchUnseen(): void {
  createHook({
    init(_id, type) {
      const what = resources[type]
      if (what !== undefined) noteUnseen(what)
    },
  }).enable()
  for (const name of ['execSync', 'execFileSync', 'spawnSync'] as const) {
    const original = childProcess[name] as (...args: unknown[]) => unknown
    Object.assign(childProcess, {
      [name](...args: unknown[]) {
        noteUnseen('a child process')
        return original.apply(childProcess, args)
      },
    })
  }
  syncBuiltinESMExports()
}
