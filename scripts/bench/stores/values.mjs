import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** So many different modules; the rest are these with another first line. */
const different = 100

/** Writes what `readValues` needs, so that no measured process has to make it. */
export async function writeValues(file) {
  const { catalogue } = await import('../../generate/catalogue.mjs')
  const react = await import('../../generate/react/render.mjs')
  const { default: MagicString } = await import('magic-string')
  const modules = Object.entries(catalogue('react', different, react))
    .filter(([name]) => name.endsWith('.tsx'))
    .map(([name, code]) => {
      const changed = new MagicString(code).prepend('/* */\n')
      return { code, map: changed.generateMap({ source: path.basename(name) }) }
    })
  writeFileSync(file, JSON.stringify(modules))
}

/**
 * Values as a build stores them: the code of a module and its map, some 5 KB together. The n-th
 * value is the same in every process.
 */
export function readValues(file) {
  const modules = JSON.parse(readFileSync(file, 'utf8'))
  return (index) => {
    const { code, map } = modules[index % modules.length]
    return { code: `/* module ${index} */\n${code}`, map }
  }
}

export function nameOf(index) {
  return `src/catalogue/module-${index}.tsx`
}
