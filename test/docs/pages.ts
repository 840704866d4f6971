import fs from 'node:fs'
import path from 'node:path'
import { repository } from '../support/temp.ts'

const foreign = new Set(['node_modules', 'dist', '.temp', 'fixtures', '.git'])

/** Every Markdown file of ours, relative to the repository. */
export function markdownFiles(folder = ''): string[] {
  const entries = fs.readdirSync(path.join(repository, folder), { withFileTypes: true })
  return entries.flatMap((entry) => {
    const name = path.posix.join(folder, entry.name)
    if (entry.isDirectory()) return foreign.has(entry.name) ? [] : markdownFiles(name)
    return entry.name.endsWith('.md') ? [name] : []
  })
}

export function readPage(page: string): string {
  return fs.readFileSync(path.join(repository, page), 'utf8')
}

export interface Block {
  /** The nearest heading above, e.g. `A library, in two formats`. */
  readonly heading: string
  /** e.g. `js`; empty for what a program prints. */
  readonly language: string
  readonly code: string
  /** From a first line such as `// vite.config.js`. */
  readonly file: string | undefined
}

/** The fenced blocks of a page, in order. */
export function blocksOf(page: string): Block[] {
  const blocks: Block[] = []
  let heading = ''
  const parts = page.matchAll(/^#+ (.+)$|^```(\w*)\n([^]*?)^```$/gm)
  for (const [, title, language = '', code = ''] of parts) {
    if (title === undefined) {
      blocks.push({ heading, language, code, file: /^\/\/ ([\w.-]+)\n/.exec(code)?.[1] })
    } else heading = title
  }
  return blocks
}
