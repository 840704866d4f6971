import type { Remote } from './remote.ts'

/** A remote that is opened when it is first asked, and again after a rest. */
export interface RestingRemote extends Remote {
  /** Ends connections until it is asked again: an open one would keep the process from ending. */
  rest(): Promise<void>
}

export function restingRemote(title: string, open: () => Promise<Remote>): RestingRemote {
  let opened: Promise<Remote> | undefined
  const remote = (): Promise<Remote> => (opened ??= open())

  async function rest(): Promise<void> {
    const was = opened
    opened = undefined
    await (await was?.catch(() => undefined))?.close().catch(() => {})
  }

  return {
    title,
    get: async (name, call) => await (await remote()).get(name, call),
    put: async (name, bytes, call) => await (await remote()).put(name, bytes, call),
    has: async (name, call) => await (await remote()).has(name, call),
    close: rest,
    rest,
  }
}
