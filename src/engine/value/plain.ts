import { types } from 'node:util'
import { isPlainObject, isWellFormed } from '../../key/index.ts'
import { BadValue } from './badValue.ts'
import { MAX_PLAIN_DEPTH, PLAIN_VERSION } from './format.ts'

/** Texts from this length on stand by themselves: to escape and unescape them costs more than their own place. */
const LONG_TEXT = 128

type Encoding = 'latin1' | 'utf8' | 'utf16le'
/** What JSON could not say or should not: a long text, or `undefined` (no size). By labels from the head on. */
type Patch = readonly [path: (string | number)[], size?: number, encoding?: Encoding]

/** Why a value has no plain form; never seen outside. */
const notPlain = new Error('not plain')

/**
 * The bytes of a tree that JSON can hold, which most results of hooks are; undefined
 * for any other value. Read by V8's own parser and not by ours, for most builds
 * are processes that have just begun and have compiled nothing yet.
 */
export function encodePlain(value: unknown): Buffer | undefined {
  const patches: Patch[] = []
  const texts: Buffer[] = []
  const path: (string | number)[] = [0]
  const seen = new Set<object>()

  function patched(bytes?: Buffer, encoding?: Encoding): null {
    if (bytes) texts.push(bytes)
    patches.push(bytes && encoding ? [[...path], bytes.length, encoding] : [[...path]])
    return null
  }

  function text(from: string): string | null {
    if (from.length < LONG_TEXT) return from
    const encoding = encodingOf(from)
    return patched(Buffer.from(from, encoding), encoding)
  }

  function tree(from: unknown): unknown {
    switch (typeof from) {
      case 'string':
        return text(from)
      case 'undefined':
        return patched()
      case 'boolean':
        return from
      case 'number':
        if (Number.isFinite(from) && !Object.is(from, -0)) return from
        throw notPlain
      case 'object':
        return from === null ? null : branch(from)
      default:
        throw notPlain
    }
  }

  function branch(from: object): unknown {
    if (types.isProxy(from) || seen.has(from) || path.length > MAX_PLAIN_DEPTH) throw notPlain
    seen.add(from)
    return Array.isArray(from) ? list(from) : labelled(from)
  }

  function list(from: readonly unknown[]): unknown[] {
    const keys = Object.keys(from)
    // holes and labels are for the other form
    if (keys.length !== from.length || (keys.length > 0 && keys.at(-1) !== `${from.length - 1}`)) {
      throw notPlain
    }
    return from.map((item, i) => child(i, item))
  }

  function labelled(from: object): Record<string, unknown> {
    if (!isPlainObject(from) || types.isModuleNamespaceObject(from)) throw notPlain
    const copy: Record<string, unknown> = {}
    for (const key of Object.keys(from)) {
      if (key === '__proto__') throw notPlain
      copy[key] = child(key, (from as Record<string, unknown>)[key])
    }
    return copy
  }

  function child(label: string | number, from: unknown): unknown {
    path.push(label)
    const copy = tree(from)
    path.pop()
    return copy
  }

  try {
    const head = asciiJson([tree(value), patches])
    const start = Buffer.alloc(5)
    start.writeUInt8(PLAIN_VERSION)
    start.writeUInt32LE(head.length, 1)
    return Buffer.concat([start, Buffer.from(head, 'latin1'), ...texts])
  } catch {
    // no plain data, or a getter threw: the other form tells what and where
    return undefined
  }
}

/**
 * A fresh value from its plain form.
 *
 * @throws BadValue, and nothing else
 */
export function decodePlain(bytes: Buffer): unknown {
  try {
    let at = 5 + bytes.readUInt32LE(1)
    const head = JSON.parse(bytes.toString('latin1', 5, at)) as [unknown, Patch[]]
    const patches = head[1]
    for (let i = 0; i < patches.length; i++) {
      // by index: this runs for every hit
      const patch = patches[i]!
      const size = patch[1]
      const encoding = patch[2]
      const text = size === undefined ? undefined : bytes.toString(encoding, at, at + size)
      at += size ?? 0
      put(head, patch[0], text)
    }
    if (at !== bytes.length) throw new BadValue('length')
    return head[0]
  } catch (error) {
    throw error instanceof BadValue ? error : new BadValue('malformed', { cause: error })
  }
}

/** Only in the place of something that the tree itself has: a path must not lead into a prototype. */
function put(head: unknown, path: Patch[0], value: string | undefined): void {
  if (path[0] !== 0) throw new BadValue('path')
  const last = path.length - 1
  let target = head as Record<string | number, unknown>
  for (let i = 0; i <= last; i++) {
    const label = path[i]!
    if (!Object.hasOwn(target, label)) throw new BadValue('path')
    if (i === last) target[label] = value
    else target = target[label] as typeof target
  }
}

const beyondAscii = /[\u0080-\uffff]/

/** JSON of which each character is one byte. */
export function asciiJson(value: unknown): string {
  const json = JSON.stringify(value)
  if (!beyondAscii.test(json)) return json
  return json.replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function encodingOf(text: string): Encoding {
  if (Buffer.byteLength(text) === text.length) return 'latin1'
  return isWellFormed(text) ? 'utf8' : 'utf16le'
}
