import type { KeyValue, Remote, StorageDriver } from '../remote.ts'
import { openObject } from './object.ts'

/** What `unstorage` puts before bytes that it keeps as text. */
const textMark = 'base64:'

/**
 * A driver of `unstorage`, or a storage made by it. What it can't keep as bytes is kept as text, in
 * the form in which `unstorage` itself keeps it.
 */
export function openStorage(driver: StorageDriver): Remote {
  const title = `The unstorage driver${driver.name ? ` ${driver.name}` : ''} given as \`share.remote\``
  const remote = openObject(keyValueOf(driver), title)
  return {
    ...remote,
    async close() {
      await driver.dispose?.()
    },
  }
}

function keyValueOf(driver: StorageDriver): KeyValue {
  return {
    async get(name) {
      const key = keyOf(name)
      const value = driver.getItemRaw
        ? await driver.getItemRaw(key, {})
        : await driver.getItem(key, {})
      return bytesOf(value) as Uint8Array | undefined
    },
    has: (name) => driver.hasItem(keyOf(name), {}),
    async put(name, bytes) {
      const key = keyOf(name)
      if (driver.setItemRaw) await driver.setItemRaw(key, bytes, {})
      else if (driver.setItem) await driver.setItem(key, textOf(bytes), {})
      else throw new Error('it can only be read')
    },
  }
}

/** `unstorage` divides names by colons. */
function keyOf(name: string): string {
  return name.replace('/', ':')
}

function textOf(bytes: Uint8Array): string {
  return textMark + Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
}

/** Anything else is left as it is, which the caller refuses. */
function bytesOf(value: unknown): unknown {
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  if (typeof value === 'string' && value.startsWith(textMark)) {
    return Buffer.from(value.slice(textMark.length), 'base64')
  }
  return value ?? undefined
}
