import { appendFileSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const edited = /\.(?:vue|svelte|astro|[cm]?[jt]sx?|mdx?|css|scss|less|html|json)$/
const leftOut =
  /^(?:node_modules|dist|build|tests?|__tests__|\.git|\.svelte-kit|\.temp|coverage)$|\.d\.ts$|\.(?:test|spec)\.|(?:config|package-lock|package|tsconfig)\b.*\.(?:[cm]?[jt]s|json)$/

/** Files of an app that a person would edit, sorted. */
export function tracked(dir, below = '') {
  return readdirSync(path.join(dir, below), { withFileTypes: true })
    .filter(({ name }) => !leftOut.test(name))
    .flatMap((entry) => {
      const name = path.posix.join(below, entry.name)
      if (entry.isDirectory()) return tracked(dir, name)
      return edited.test(name) ? [name] : []
    })
    .sort()
}

const tails = {
  vue: (n) => `\n<style>\n.apps-${n} {\n  order: ${n};\n}\n</style>\n`,
  svelte: (n) => `\n<p>apps ${n}</p>\n`,
  astro: (n) => `\n<p>apps ${n}</p>\n`,
  md: (n) => `\n\nApps ${n}, and **more** of it.\n`,
  mdx: (n) => `\n\nApps ${n}, and **more** of it.\n`,
  html: (n) => `\n<!-- apps ${n} -->\n`,
  json: () => '\n',
}
const styles = /^(?:css|scss|less)$/

/** Adds to the end of a file what its kind allows, so that what is made of it is another. */
export function lengthen(file, n) {
  const kind = path.extname(file).slice(1)
  const code = styles.test(kind)
    ? `\n.apps-${n} {\n  order: ${n};\n}\n`
    : `\nglobalThis.apps${n} = ${n}\n`
  appendFileSync(file, tails[kind]?.(n) ?? code)
}

/** Changes a number or a word, adds to the end, or removes a file. Tells what it did, and can undo it. */
export function editSomething(dir, names, random) {
  for (let tries = 0; tries < 200; tries++) {
    const name = random.pick(names)
    const file = path.join(dir, name)
    const text = readFileSync(file, 'utf8')
    const undo = () => writeFileSync(file, text)
    const way = random.pick(['append', 'append', 'change', 'change', 'word', 'delete'])
    const n = random.integer(1, 9999)
    if (way === 'delete') {
      // mostly breaks the build, which has to break in the same way
      if (!random.chance(0.3)) continue
      rmSync(file)
      return { told: `${name} removed`, undo }
    }
    if (way === 'append') {
      lengthen(file, n)
      return { told: `${name} is longer`, undo }
    }
    const pattern =
      way === 'change'
        ? /(?<=[\s(:=])\d+(?=[\s,;)])/g
        : /(?<=>[^<>{}=;'"`]*)\b[a-z]{4,}\b(?=[^<>{}=;'"`]*<)/gi
    const found = [...text.matchAll(pattern)]
    if (found.length === 0) continue
    const { index, 0: from } = random.pick(found)
    const to = way === 'change' ? String(n) : 'apps'
    writeFileSync(file, text.slice(0, index) + to + text.slice(index + from.length))
    return { told: `${name}: ${from} → ${to}`, undo }
  }
  throw new Error(`Nothing can be edited in ${dir}`)
}
