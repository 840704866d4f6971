import { readFileSync } from 'node:fs'
import type { Inside, Inspector, Location, Scope } from './inspector.ts'
import { isLibraryUrl, pathOf } from './locality.ts'
import type { Mentions } from './source.ts'

/** Tells which captured variables stand for a function. */
export interface Visibility {
  /** Does this function come from an installed package, or from Node? */
  isLibrary(fn: object, location: Location): boolean
  /** The variables that the function may use, but for those of library modules: a version stands for those. */
  of(fn: object, inside: Inside, mentions: Mentions): ReadonlyMap<string, unknown>
}

/**
 * A function's variables are those of the scopes around it that its text
 * mentions, the innermost of each name. The outermost scope is the module: it
 * is entered for local files, and for `openScripts` (ids) of installed packages.
 */
export function visibility(inspector: Inspector, openScripts: ReadonlySet<string>): Visibility {
  const scripts = new Map<string, Script>()
  const scriptOfFunction = (fn: object, location: Location): Script => {
    let script = scripts.get(location.scriptId)
    if (!script) {
      script = scriptOf(inspector.scriptUrl(location, fn) ?? '')
      scripts.set(location.scriptId, script)
    }
    return script
  }
  const isModuleOfLibrary = (scope: Scope, fn: object, location: Location): boolean => {
    if (openScripts.has(location.scriptId)) return false
    const script = scriptOfFunction(fn, location)
    if (!script.library) return false
    return scope.kind !== 'closure' || script.declares(Object.keys(scope.variables))
  }
  return {
    isLibrary: (fn, location) => scriptOfFunction(fn, location).library,
    of(fn, { scopes, location }, mentions) {
      const visible = new Map<string, unknown>()
      scopes.forEach((scope, level) => {
        const names = mentions.namesOf(scope.variables).filter((name) => !visible.has(name))
        if (names.length === 0) return
        const outermost = level === scopes.length - 1
        if (outermost && mayBeModule(scope) && location && isModuleOfLibrary(scope, fn, location)) {
          return
        }
        for (const name of names) visible.set(name, scope.variables[name])
      })
      return visible
    },
  }
}

/** V8 shows the wrapper of a CommonJS file as the closure of a function without a name. */
function mayBeModule({ kind, name }: Scope): boolean {
  return kind === 'module' || kind === 'script' || (kind === 'closure' && name === '')
}

interface Script {
  readonly library: boolean
  /** Are all of these declared at the top level of the file? */
  declares(names: readonly string[]): boolean
}

const WRAPPER = new Set(['__dirname', '__filename', 'arguments', 'exports', 'module', 'require'])

/**
 * A nameless factory around options looks like the wrapper of a CommonJS file
 * (a file whose own variables nobody captured has no wrapper scope at all).
 * Only the text of the file can tell them apart; in doubt the scope is entered.
 */
function scriptOf(url: string): Script {
  let text: string | undefined
  return {
    library: isLibraryUrl(url),
    declares(names) {
      if (url.startsWith('node:')) return true
      text ??= readIfThere(pathOf(url))
      return names.every((name) => WRAPPER.has(name) || isTopLevel(name, text as string))
    },
  }
}

/** Declared in a line that is not indented, e.g. `const name`, `function name`, `const { a, name } = require('x')`. */
function isTopLevel(name: string, text: string): boolean {
  const word = name.replaceAll('$', String.raw`\$`)
  const declaration = String.raw`^(?:const|let|var|class|(?:async )?function\*?)\b[^=(\n]*(?<![\w$])${word}(?![\w$])`
  return new RegExp(declaration, 'm').test(text)
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
