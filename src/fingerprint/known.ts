import { createRequire, isBuiltin } from 'node:module'
import { types } from 'node:util'
import { packagePath } from './locality.ts'
import { dataOf, isObject } from './values.ts'

/** Names an object that stands for code which a version stands for. */
export type Known = (value: object) => Name | undefined

export interface Name {
  /** `node:fs.readFileSync`, `vue/index.js`. */
  readonly label: string
  /** The file of an installed package that it comes from. */
  readonly file?: string
}

const GLOBALS =
  'Atomics Buffer Intl JSON Math Reflect WebAssembly console globalThis performance process'

/**
 * Node's own modules and their members, the global objects, and what installed
 * CommonJS packages export, as far as they are loaded by now. The answer is
 * made again when more modules have been loaded (about 1 ms for 500 modules).
 */
export function knownObjects(): () => Known {
  const modules = createRequire(import.meta.url).cache
  let labels = new Map<unknown, Name>()
  let loaded = -1
  return () => {
    const files = Object.keys(modules)
    if (files.length !== loaded) {
      loaded = files.length
      labels = new Map()
      for (const name of GLOBALS.split(' ')) {
        labels.set(Reflect.get(globalThis, name), { label: name })
      }
      for (const name of loadedBuiltins()) nameMembers(name, labels)
      for (const file of files) nameExports(file, modules[file], labels)
    }
    return (value) => labels.get(value)
  }
}

/** Exported functions get a name of their own: compilers copy them into objects. */
function nameExports(file: string, module: object | undefined, labels: Map<unknown, Name>): void {
  const label = packagePath(file)
  const exports = module && dataOf(module, 'exports')
  if (!label || !isObject(exports) || types.isProxy(exports)) return
  if (!labels.has(exports)) labels.set(exports, { label, file })
  for (const member of Object.keys(exports)) {
    const value = dataOf(exports, member)
    if (typeof value !== 'function' || labels.has(value)) continue
    labels.set(value, { label: `${label}.${member}`, file })
  }
}

/** Those that run already: to load another one would cost time and can print warnings. */
function loadedBuiltins(): string[] {
  const loaded = (process as { moduleLoadList?: readonly string[] }).moduleLoadList ?? []
  return loaded.flatMap((entry) => {
    const name = entry.replace(/^NativeModule /, '')
    return isBuiltin(name) && !name.startsWith('internal/') ? [name] : []
  })
}

function nameMembers(name: string, labels: Map<unknown, Name>): void {
  const module = process.getBuiltinModule(name)
  if (!module) return
  if (!labels.has(module)) labels.set(module, { label: `node:${name}` })
  for (const member of Object.keys(module)) {
    const value = dataOf(module, member)
    if (isObject(value) && !labels.has(value)) {
      labels.set(value, { label: `node:${name}.${member}` })
    }
  }
}
