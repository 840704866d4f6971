// Edits within a file. Each answers what it did, or nothing when it can't be done here.
import { statSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { filesOf, putFile, readText, wholeSeconds } from '../tree.mjs'

const edited =
  /^(?:src|remark)\/.*\.(?:vue|svelte|[jt]sx?|mdx|css|scss|less|html|svg)$|^index\.html$/

/** Files whose text is edited. */
export function sourceFiles(dir) {
  return filesOf(dir).filter((name) => edited.test(name))
}

/** Places that can be changed without breaking the syntax, mostly. */
const places = [
  { find: /\b\d+\b/g, change: (random) => String(random.integer(1, 99)) },
  {
    find: /#[0-9a-f]{6}\b/g,
    change: (random) => `#${random.integer(0x100000, 0xffffff).toString(16)}`,
  },
  // a word between tags, or in a text with spaces
  { find: /(?<=>[^<>{}=;'"`]*)\b[a-z]{3,}\b(?=[^<>{}=;'"`]*<)/gi, change: word },
  { find: /(?<='[\w ]*)\b[a-z]{3,}\b(?=[\w ]* [\w ]*')/gi, change: word },
  // a property or name, which may well break something
  { find: /\b[a-z]+(?=:)/g, change: word, rare: true },
]

function word(random) {
  return random.pick(['alpha', 'beta', 'gamma', 'delta', 'red', 'color', 'flex', 'title', 'id'])
}

/** Puts something else in one place of a file. */
export function changeText({ dir, random }) {
  const name = random.pick(sourceFiles(dir))
  const text = readText(dir, name)
  const { find, change } = random.pick(places.filter(({ rare }) => !rare || random.chance(0.2)))
  const found = [...text.matchAll(find)]
  if (found.length === 0) return undefined
  const { index, 0: from } = random.pick(found)
  const to = change(random)
  if (to === from) return undefined
  putFile(dir, name, text.slice(0, index) + to + text.slice(index + from.length))
  return `in ${name} at ${index}: ${from} → ${to}`
}

const additions = {
  vue: (n) => `\n<style scoped>\n.soak-${n} {\n  order: ${n};\n}\n</style>\n`,
  svelte: (n) => `\n<p>soak ${n}</p>\n`,
  mdx: (n) => `\n\nSoak ${n}, and **more** of it.\n`,
  scss: (n) => `\n.soak-${n} {\n  order: ${n};\n}\n`,
  less: (n) => `\n.soak-${n} {\n  order: ${n};\n}\n`,
  css: (n) => `\n.soak-${n} {\n  order: ${n};\n}\n`,
  html: (n) => `\n<p>soak ${n}</p>\n`,
  svg: (n) => `\n<!-- soak ${n} -->\n`,
}
const script = (n) => `\nexport const soak${n} = (globalThis.soak ??= ${n})\n`

/** Adds to the end: something that counts, or space alone. */
export function appendText({ dir, random }) {
  const name = random.pick(sourceFiles(dir))
  const text = readText(dir, name)
  const add = additions[path.extname(name).slice(1)] ?? script
  const tail = random.chance(0.3) ? random.pick(['\n', ' ', '\n\n']) : add(random.integer(1, 9999))
  putFile(dir, name, text + tail)
  return `${name} + ${JSON.stringify(tail)}`
}

/** Line ends, byte order mark, a line less. */
export function reformat({ dir, random }) {
  const name = random.pick(sourceFiles(dir))
  const text = readText(dir, name)
  const ways = {
    CRLF: () => text.replaceAll(/\r?\n/g, '\r\n'),
    LF: () => text.replaceAll('\r\n', '\n'),
    BOM: () => (text.startsWith('\ufeff') ? text.slice(1) : `\ufeff${text}`),
    'a line less': () => {
      const lines = text.split('\n')
      return lines.toSpliced(random.integer(0, lines.length - 1), 1).join('\n')
    },
  }
  const way = random.pick(Object.keys(ways))
  const changed = ways[way]()
  if (changed === text) return undefined
  putFile(dir, name, changed)
  return `${name}: ${way}`
}

/** Other content of the same size under the same time stamp: only the inode's change time tells. */
export function changeStealthily({ dir, random }) {
  const names = sourceFiles(dir).filter((each) => wholeSeconds(path.join(dir, each)) !== undefined)
  if (names.length === 0) return undefined
  const name = random.pick(names)
  const file = path.join(dir, name)
  const text = readText(dir, name)
  const found = [
    ...text.matchAll(/(?<=[\s:(])[1-9](?=[\s.;,)%a-z])|(?<=>[^<>{}]*)[a-z](?=[^<>{}]*<)/g),
  ]
  if (found.length === 0) return undefined
  const { index, 0: from } = random.pick(found)
  const to = /\d/.test(from) ? String((Number(from) % 9) + 1) : from === 'x' ? 'y' : 'x'
  const { size } = statSync(file)
  const seconds = wholeSeconds(file)
  putFile(dir, name, text.slice(0, index) + to + text.slice(index + 1))
  utimesSync(file, seconds, seconds)
  if (statSync(file).size !== size) throw new Error(`${name} has another size`)
  return `in ${name} at ${index}, same size and time: ${from} → ${to}`
}

export function touch({ dir, random }) {
  const all = sourceFiles(dir)
  const names = random.chance(0.3) ? all : [random.pick(all)]
  const seconds = 1_700_000_000 + random.integer(0, 9_999_999)
  for (const name of names) utimesSync(path.join(dir, name), seconds, seconds)
  return `touch ${names.length === 1 ? names[0] : 'all'}`
}
