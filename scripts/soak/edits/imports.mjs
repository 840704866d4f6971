// Relative imports of an app, found as text: good enough to follow a file that moves.
import path from 'node:path'
import { filesOf, readText } from '../tree.mjs'

const specifier = /(['"])(\.{1,2}\/[^'"?\n]+)((?:\?[^'"\n]*)?\1)/g
const endings = ['', '.ts', '.tsx', '.js', '.vue', '.svelte', '.scss', '/index.ts', '/index.js']

/** Where each relative import stands and what it leads to: `{ from, spec, to }`. */
export function importsIn(dir) {
  const names = filesOf(dir)
  const known = new Set(names)
  return names
    .filter(
      (name) =>
        !name.startsWith('node_modules/') &&
        /\.(?:vue|svelte|[jt]sx?|mdx|css|scss|less)$/.test(name),
    )
    .flatMap((from) =>
      [...readText(dir, from).matchAll(specifier)].flatMap(([, , spec]) => {
        const to = lead(known, from, spec)
        return to === undefined ? [] : [{ from, spec, to }]
      }),
    )
}

function lead(known, from, spec) {
  const base = path.posix.join(path.posix.dirname(from), spec)
  const partial = path.posix.join(path.posix.dirname(base), `_${path.posix.basename(base)}.scss`)
  return [...endings.map((ending) => base + ending), partial].find((name) => known.has(name))
}

export function replaceSpecifier(text, spec, next) {
  return text.replaceAll(specifier, (all, quote, found, rest) =>
    found === spec ? quote + next + rest : all,
  )
}

/** Without the statements that import something, whatever they take of it. */
export function dropImport(text, spec) {
  const quoted = `(['"])${spec.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)}(?:\\?[^'"\\n]*)?\\1`
  return text.replaceAll(
    new RegExp(
      String.raw`^[ \t]*(?:@?import|@use|@forward|export)\b[^;'"]*${quoted}[^\n]*\n`,
      'gm',
    ),
    '',
  )
}
