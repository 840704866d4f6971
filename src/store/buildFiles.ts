import { readdirSync, readFileSync } from 'node:fs'
import { unlink } from 'node:fs/promises'
import { type Context, errorCode, giveUpWriting } from './context.ts'
import { layoutOf } from './layout.ts'
import { publishNamed } from './publish.ts'
import { quarantine } from './quarantine.ts'

/** The JSON documents in `builds/`, by id. Ids begin with a time, so their order is that of time. */
export interface BuildFiles {
  /** Ids, oldest first. */
  list(): string[]
  /** The parsed document; undefined, and the file moved aside, when it is no JSON. */
  read(id: string): unknown
  /** Publishes a new document. Never throws. */
  write(id: string, document: unknown): Promise<void>
  remove(id: string): Promise<void>
}

const ENDING = '.json'

export function createBuildFiles(context: Context): BuildFiles {
  const { layout } = context
  return {
    list: () => listBuilds(layout.dir),
    read(id) {
      const { document, detail } = readBuild(layout.dir, id)
      if (detail !== undefined) quarantine(context, layout.build(id), detail)
      return document
    },
    async write(id, document) {
      try {
        await publishNamed(context, layout.build(id), Buffer.from(JSON.stringify(document)))
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

/** One document of `builds/`; `detail` says what is wrong with a damaged one. */
export function readBuild(dir: string, id: string): { document?: unknown; detail?: string } {
  try {
    return { document: JSON.parse(readFileSync(layoutOf(dir).build(id), 'utf8')) }
  } catch (error) {
    if (error instanceof SyntaxError) return { detail: 'no JSON' }
    return errorCode(error) === 'EISDIR' ? { detail: 'a folder' } : {}
  }
}
