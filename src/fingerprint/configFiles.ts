import { readFileSync, statSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import path from 'node:path'
import { blanked } from './blank.ts'

export interface LocalImports {
  /** Absolute paths: the file itself first, then all local files it can reach, sorted. */
  readonly files: readonly string[]
  /** Names of the packages that these files import, sorted. */
  readonly packages: readonly string[]
}

/**
 * Lists what a config file is made of. A light scan without a parser, so it
 * can see too much (an import that never runs, one in a template text), which
 * costs a needless recomputation and never a wrong result. What is imported by
 * a computed name is not seen.
 */
export function localImports(configFile: string): LocalImports {
  const files = new Set([path.resolve(configFile)])
  const packages = new Set<string>()
  for (const file of files) {
    for (const specifier of specifiersOf(file)) {
      if (/^\.{0,2}\//.test(specifier) || specifier === '.' || specifier === '..') {
        const found = resolveFile(path.resolve(path.dirname(file), specifier))
        if (found) files.add(found)
      } else {
        const name = packageName(specifier)
        if (name) packages.add(name)
      }
    }
  }
  const [first, ...rest] = files
  return { files: [first as string, ...rest.toSorted()], packages: [...packages].toSorted() }
}

/**
 * `import x from 'a'`, `import 'a'`, `export … from 'a'`, `import('a')`,
 * `require('a')`, `require.resolve('a')`. Not `new URL('./src', import.meta.url)`:
 * in configs that names the application.
 */
const SPECIFIER =
  /(?:\bfrom|\bimport|\bimport\s*\(|\brequire(?:\.resolve)?\s*\()\s*(["'`])((?:(?!\1)[^\\\n])+)\1/g

function specifiersOf(file: string): string[] {
  if (!/\.[cm]?[jt]sx?$/.test(file)) return []
  try {
    const code = blanked(readFileSync(file, 'utf8'), { literals: false })
    return Array.from(code.matchAll(SPECIFIER), ([, , specifier]) =>
      (specifier as string).replace(/\?.*$/, ''),
    )
  } catch {
    return []
  }
}

/** TypeScript names a `.ts` file by what it becomes: `./a.js`. */
const ENDINGS = ['', '.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx', '.json']

function resolveFile(base: string): string | undefined {
  const source = base.replace(/\.([cm]?)js(x?)$/, '.$1ts$2')
  const candidates = [
    ...ENDINGS.map((ending) => base + ending),
    ...(source === base ? [] : [source, `${source}x`]),
    ...ENDINGS.slice(1).map((ending) => path.join(base, `index${ending}`)),
  ]
  return candidates.find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile())
}

/** `@vue/shared/dist/x.js` → `@vue/shared`; `undefined` for Node's own modules, `#internal` names and URLs. */
function packageName(specifier: string): string | undefined {
  if (isBuiltin(specifier) || /^(?:#|[a-z]+:)/.test(specifier)) return undefined
  return /^(?:@[^/]+\/[^/]+|[^@./][^/]*)/.exec(specifier)?.[0]
}
