import type { Remote } from './remote.ts'

/** A remote that is opened again when it is asked after a rest. */
export interface RestingRemote extends Remote {
  /** Ends connections until it is asked again: an open one would keep the process from ending. */
  rest(): Promise<void>
}

/** @throws what `open` throws at first */
export async function restingRemote(open: () => Promise<Remote>): Promise<RestingRemote> {
  const first = await open()
  let opened: Promise<Remote> | undefined = Promise.resolve(first)
  const remote = (): Promise<Remote> => (opened ??= open())

  async function rest(): Promise<void> {
    const was = opened
    opened = undefined
    try {
      await (await was)?.close()
    } catch {
      // it was not open
    }
  }

  return {
    title: first.title,
    ...(first.caution !== undefined && { caution: first.caution }),
    get: async (name, call) => await (await remote()).get(name, call),
    put: async (name, bytes, call) => await (await remote()).put(name, bytes, call),
    has: async (name, call) => await (await remote()).has(name, call),
    close: rest,
    rest,
  }
}
