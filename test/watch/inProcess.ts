import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { onTestFinished, vi } from 'vitest'
import type { RollupWatcherEvent } from 'rollup'
import type { Options } from '../../src/vite.ts'
import { storeOf } from '../plugin/harness.ts'

export type PlainHost = 'rollup' | 'rolldown'

export interface WatchRequest {
  readonly host: PlainHost
  readonly root: string
  /** Configs for one watcher; ours comes first in each. */
  readonly configs: (remember: () => unknown) => readonly object[]
  readonly options?: Options
  /** Bundles are left open, as users of the API may leave them. */
  readonly leavesOpen?: boolean
  /** Bundles are closed, and nothing waits for that, as in Vite. */
  readonly closesLater?: boolean
}

export interface Watching {
  /** What happens next: `END`, or the text of an error. */
  next(): Promise<string>
  close(): Promise<void>
}

/** Watches in this process, with our sources; the modules are fresh, as in a process of its own. */
export async function watchHere(request: WatchRequest): Promise<Watching> {
  vi.resetModules()
  const { watch } =
    request.host === 'rollup'
      ? await import('rollup')
      : ((await import('rolldown')) as unknown as typeof import('rollup'))
  const { default: remember } =
    request.host === 'rollup'
      ? await import('../../src/rollup.ts')
      : await import('../../src/rolldown.ts')
  const cwd = process.cwd()
  process.chdir(request.root)
  const own = (): unknown =>
    remember({ dir: storeOf(request.root), summary: false, ...request.options })
  const watcher = watch(request.configs(own) as never)
  const events: string[] = []
  const arrived = new EventTarget()
  watcher.on('event', async (event: RollupWatcherEvent) => {
    if (!request.leavesOpen && 'result' in event) await event.result?.close()
    if (request.closesLater && event.code === 'BUNDLE_END') void event.result.close()
    if (event.code === 'ERROR') events.push(event.error.message)
    if (event.code === 'END') events.push('END')
    arrived.dispatchEvent(new Event('some'))
  })
  let closed: Promise<void> | undefined
  const close = (): Promise<void> => (closed ??= Promise.resolve(watcher.close()))
  onTestFinished(async () => {
    await close()
    process.chdir(cwd)
  })
  return {
    async next() {
      for (;;) {
        const event = events.shift()
        if (event !== undefined) return event
        await once(arrived, 'some', { signal: AbortSignal.timeout(5000) }).catch(() =>
          touchAll(request.root),
        )
      }
    },
    close,
  }
}

/** A watcher that was busy with the edit before may not have seen this one. */
function touchAll(root: string): void {
  for (const entry of fs.readdirSync(root, { withFileTypes: true })) {
    if (entry.isFile()) fs.utimesSync(path.join(root, entry.name), new Date(), new Date())
  }
}

/** Where a test's bundles go. */
export function outOf(root: string, name: string = 'es'): string {
  return path.join(root, 'out', name)
}
