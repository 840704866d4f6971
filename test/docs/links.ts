import fs from 'node:fs'
import path from 'node:path'
import { repository } from '../support/temp.ts'
import { readPage } from './pages.ts'

/** The links of a page that lead nowhere: to no file, or to no heading of one. Addresses of the web are not asked. */
export function brokenLinks(page: string, text: string): string[] {
  const prose = text.replaceAll(/^```[^]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '')
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!)
  return links.filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(page, text, link))
}

function leadsSomewhere(page: string, text: string, link: string): boolean {
  const [target = '', anchor] = link.split('#')
  const file = target === '' ? page : path.posix.join(path.posix.dirname(page), target)
  if (!fs.existsSync(path.join(repository, file))) return false
  if (anchor === undefined) return true
  return anchorsOf(target === '' ? text : readPage(file)).has(anchor)
}

/** The anchors that GitHub gives the headings of a page. */
export function anchorsOf(text: string): Set<string> {
  const seen = new Map<string, number>()
  const anchors = new Set<string>()
  for (const [, heading] of text.replaceAll(/^```[^]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm)) {
    const plain = heading!.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    const name = plain.replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '').replaceAll(' ', '-')
    const times = seen.get(name) ?? 0
    seen.set(name, times + 1)
    anchors.add(times === 0 ? name : `${name}-${times}`)
  }
  return anchors
}
