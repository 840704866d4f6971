// Edits of what an app is built with. Each answers what it did, or nothing when it can't be done here.
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { putFile, readText, removeFile } from '../tree.mjs'

/** One text of a config file gives way to another: `switches` are `[file, text, text, …]`. */
export function flipSwitch({ dir, random, app }) {
  if (app.switches.length === 0) return undefined
  const [name, ...texts] = random.pick(app.switches)
  if (!existsSync(path.join(dir, name))) return undefined
  const text = readText(dir, name)
  // longest first: one may be the beginning of another
  const from = texts.toSorted((a, b) => b.length - a.length).find((each) => text.includes(each))
  if (from === undefined) return undefined
  const to = random.pick(texts.filter((each) => each !== from))
  putFile(
    dir,
    name,
    text.replace(from, () => to),
  )
  return `${name}: ${from} → ${to}`
}

/** An option in the JSON file that the config reads. */
export function changeOption({ dir, random, app }) {
  const names = Object.keys(app.options)
  if (names.length === 0) return undefined
  const name = random.pick(names)
  const options = JSON.parse(readText(dir, 'options.json'))
  const to = random.pick(app.options[name])
  if (to === options[name]) return undefined
  // undefined takes it out
  putFile(dir, 'options.json', `${JSON.stringify({ ...options, [name]: to }, undefined, 2)}\n`)
  return `option ${name}: ${JSON.stringify(options[name])} → ${JSON.stringify(to)}`
}

const commonEnv = {
  PLAYGROUND_SOURCEMAP: [undefined, '1'],
  NODE_ENV: [undefined, 'development'],
  VITE_SOAK: [undefined, 'one', 'two'],
  BROWSERSLIST: [undefined, 'chrome 70', 'ie 11'],
}

/** An environment variable of the builds, of the tools or of the app's code. */
export function changeEnv({ env, random, app }) {
  const choices = { ...commonEnv, ...app.env }
  const name = random.pick(Object.keys(choices))
  const to = random.pick(choices[name].filter((value) => value !== env[name]))
  const from = env[name]
  env[name] = to
  return `${name}: ${from} → ${to}`
}

/** A file that tools look for comes, changes or goes: `appearing` are `[file, text, text, …]`. */
export function appear({ dir, random, app }) {
  if (app.appearing.length === 0) return undefined
  const [name, ...texts] = random.pick(app.appearing)
  const there = existsSync(path.join(dir, name)) ? readText(dir, name) : undefined
  if (there !== undefined && (texts.length === 1 || random.chance(0.5))) {
    removeFile(dir, name)
    return `${name} gone`
  }
  const text = random.pick(texts.filter((each) => each !== there))
  putFile(dir, name, text)
  return `${name}: ${JSON.stringify(text.slice(0, 60))}`
}

/**
 * Another version of a package that the build uses, which does something else: a
 * copy in the app's own node_modules, ahead of the one that all apps share.
 */
export function changePackage({ dir, random, app, modulesDir }) {
  const packages = app.packages.filter(({ name }) => existsSync(path.join(modulesDir, name)))
  if (packages.length === 0) return undefined
  const { name, file, find, replace } = random.pick(packages)
  const copy = path.join(dir, 'node_modules', name)
  if (existsSync(copy) && random.chance(0.3)) {
    rmSync(copy, { recursive: true })
    return `${name} as all others have it`
  }
  const n = random.integer(1, 3)
  rmSync(copy, { recursive: true, force: true })
  cpSync(path.join(modulesDir, name), copy, { recursive: true })
  const code = path.join(copy, file)
  const text = readFileSync(code, 'utf8')
  const changed = text.replaceAll(find, () => replace(n))
  if (changed === text) throw new Error(`${name}/${file} has no ${find}`)
  writeFileSync(code, changed)
  const manifest = JSON.parse(readFileSync(path.join(copy, 'package.json'), 'utf8'))
  // a higher patch number
  manifest.version = manifest.version.replace(/\d+$/, String(1000 + n))
  writeFileSync(path.join(copy, 'package.json'), JSON.stringify(manifest, undefined, 2))
  return `${name}@${manifest.version}`
}

/** Another version of the app's own tool package, or of what lies below it. */
export function changeKit({ dir, random, app }) {
  if (!app.kit) return undefined
  const n = random.integer(1, 4)
  const deep = 'node_modules/soak-kit/node_modules/soak-words'
  const place = random.pick(['kit', 'words', 'deep'])
  if (place === 'kit') writeKit(dir, app.kit, n)
  else if (place === 'words') writeWords(dir, 'node_modules/soak-words', n)
  else if (existsSync(path.join(dir, deep))) rmSync(path.join(dir, deep), { recursive: true })
  else writeWords(dir, deep, n)
  return `soak ${place} ${n}`
}

/** A small tool package: what an app's config imports, and a package below it. */
export function writeKit(dir, kit, n) {
  const manifest = { name: 'soak-kit', version: `1.0.${n}`, dependencies: { 'soak-words': '*' } }
  putFile(dir, 'node_modules/soak-kit/package.json', JSON.stringify(manifest))
  const mark = `const mark = (options) => \`kit ${n} \${word} \${JSON.stringify(options ?? {})}\``
  const code = `const { word } = require('soak-words')\n${mark}\n${kit}`
  putFile(dir, 'node_modules/soak-kit/index.js', code)
}

export function writeWords(dir, folder, n) {
  putFile(
    dir,
    `${folder}/package.json`,
    JSON.stringify({ name: 'soak-words', version: `2.${n}.0` }),
  )
  putFile(dir, `${folder}/index.js`, `exports.word = 'words ${n}'\n`)
}
