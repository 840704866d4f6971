import { readdirSync, readFileSync } from 'node:fs'
import { unlink } from 'node:fs/promises'
import type { Hasher } from '../key/index.ts'
import { type Context, errorCode, giveUpWriting } from './context.ts'
import { layoutOf } from './layout.ts'
import { publishNamed } from './publish.ts'
import { quarantine } from './quarantine.ts'

/** The JSON documents in `builds/`, by id. Ids begin with a time, so their order is that of time. */
export interface BuildFiles {
  /** Ids, oldest first. */
  list(): string[]
  /** The parsed document; undefined when it is not there or of another version, and the file moved aside when it is damaged. */
  read(id: string): unknown
  /** Publishes a new document, which has at least one label. Never throws. */
  write(id: string, document: object): Promise<void>
  remove(id: string): Promise<void>
}

const ENDING = '.json'

export function createBuildFiles(context: Context): BuildFiles {
  const { layout, hasher } = context
  return {
    list: () => listBuilds(layout.dir),
    read(id) {
      const { document, detail } = readBuild(layout.dir, id, hasher)
      if (detail !== undefined) quarantine(context, layout.build(id), detail)
      return document
    },
    async write(id, document) {
      try {
        await publishNamed(context, layout.build(id), encodeDocument(document, hasher))
      } catch (error) {
        giveUpWriting(context, 'write_failed', error)
      }
    },
    async remove(id) {
      await unlink(layout.build(id)).catch(() => {})
    },
  }
}

/** Ids of the documents in `builds/`, oldest first; none when it can't be read. */
export function listBuilds(dir: string): string[] {
  try {
    return readdirSync(layoutOf(dir).builds)
      .flatMap((name) => (name.endsWith(ENDING) ? name.slice(0, -ENDING.length) : []))
      .sort()
  } catch {
    return []
  }
}

/** One document of `builds/`; `detail` says what is wrong with a damaged one. Neither for one of another version. */
export function readBuild(
  dir: string,
  id: string,
  hasher: Hasher,
): { document?: unknown; detail?: string } {
  try {
    return decodeDocument(readFileSync(layoutOf(dir).build(id)), hasher)
  } catch (error) {
    return errorCode(error) === 'EISDIR' ? { detail: 'a folder' } : {}
  }
}

const HEAD = /^\{"check":"([0-9a-f]{16})",$/
const HEAD_SIZE = 28

/**
 * A document that says whether it is as it was written: JSON whose first label is the XXH64 of
 * all that follows its comma, e.g. `{"check":"0f1e2d3c4b5a6978","format":1,…}`.
 */
function encodeDocument(document: object, hasher: Hasher): Buffer {
  const rest = Buffer.from(JSON.stringify(document).slice(1))
  return Buffer.concat([Buffer.from(`{"check":"${checkOf(rest, hasher)}",`), rest])
}

/**
 * For any bytes. Without a check it is the document of another version, if it is JSON at all.
 *
 * @internal exported for tests
 */
export function decodeDocument(
  bytes: Buffer,
  hasher: Hasher,
): { document?: unknown; detail?: string } {
  const rest = bytes.subarray(HEAD_SIZE)
  const check = HEAD.exec(bytes.toString('latin1', 0, HEAD_SIZE))?.[1]
  if (check !== undefined && check !== checkOf(rest, hasher)) return { detail: 'another checksum' }
  try {
    const document: unknown = JSON.parse(check === undefined ? bytes.toString() : `{${rest}`)
    return check === undefined ? {} : { document }
  } catch {
    return { detail: 'no JSON' }
  }
}

function checkOf(bytes: Uint8Array, hasher: Hasher): string {
  return hasher.check64(bytes).toString(16).padStart(16, '0')
}
