import type { KeyValue, Remote } from '../remote.ts'
import { failed, notBytes, tooLarge } from './errors.ts'
import { textOf } from './names.ts'
import { untilAborted } from './untilAborted.ts'

/** An object of the user's with `get`, `put` and `has`. */
export function openObject(object: KeyValue, title = 'The object given as `share.remote`'): Remote {
  async function ask<T>(work: () => T | Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted()
    try {
      return await untilAborted(Promise.resolve().then(work), signal)
    } catch (error) {
      signal.throwIfAborted()
      throw failed(title, error)
    }
  }

  return {
    title,
    async get(name, call) {
      const text = textOf(name)
      const bytes: unknown = await ask(() => object.get(text, call), call.signal)
      if (bytes === undefined || bytes === null) return undefined
      if (!(bytes instanceof Uint8Array)) throw notBytes(title, typeof bytes)
      if (bytes.length > (call.maxBytes ?? Infinity)) throw tooLarge(title, call.maxBytes ?? 0)
      return bytes
    },
    async has(name, call) {
      const text = textOf(name)
      return Boolean(await ask(() => object.has(text, call), call.signal))
    },
    async put(name, bytes, call) {
      const text = textOf(name)
      await ask(() => object.put(text, bytes, call), call.signal)
    },
    close: () => Promise.resolve(),
  }
}
