import fs from 'node:fs'
import path from 'node:path'
import { textsIn } from '../fingerprint/index.ts'

// Taken once, for these properties of `fs` are observed while hooks run.
const { existsSync, readFileSync, statSync } = fs

/**
 * The files that a JSON config (tsconfig, .babelrc) names under `extends`, and
 * those that they name. Tools read them in ways that can't be seen: get-tsconfig
 * and Babel take `readFileSync` into a variable of their own when they are loaded.
 * Of a name that leads nowhere: all the places where a file may appear.
 */
function extendedFiles(config: string): string[] {
  const files = new Set<string>()
  const configs = [config]
  for (const from of configs) {
    for (const name of extendsOf(from)) {
      const places = placesOf(name, path.dirname(from))
      const there = places.filter(isFile)
      // a manifest says where a config is, and is none
      const isFound = there.some((each) => path.basename(each) !== 'package.json')
      for (const each of isFound ? there : places) {
        if (files.has(each)) continue
        files.add(each)
        configs.push(each)
      }
    }
  }
  return [...files]
}

function isFile(file: string): boolean {
  return existsSync(file) && statSync(file).isFile()
}

/** Candidates, present or not, and what those of them extend that are there. */
export function withExtended(files: readonly string[]): string[] {
  return [...files, ...files.filter((each) => existsSync(each)).flatMap(extendedFiles)]
}

/** Texts after `extends`, also one in a comment: that costs a recomputation at worst. */
function extendsOf(file: string): string[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return []
  }
  const values = text.matchAll(/["']?\bextends["']?\s*:\s*(\[[^\]]*\]|"[^"]*"|'[^']*')/g)
  return Array.from(values).flatMap(([, value = '']) =>
    Array.from(value.matchAll(/"([^"]*)"|'([^']*)'/g), (match) => match[1] ?? match[2] ?? ''),
  )
}

function placesOf(name: string, dir: string): string[] {
  if (/^\.{0,2}(?:[\\/]|$)/.test(name) || path.isAbsolute(name))
    return forms(path.resolve(dir, name))
  const places: string[] = []
  for (let from = dir; ; from = path.dirname(from)) {
    places.push(...forms(path.join(from, 'node_modules', name)))
    places.push(...exportedPlaces(path.join(from, 'node_modules'), name))
    if (from === path.dirname(from)) return places
  }
}

/** Where a package may have a config under another name: its manifest, and what that exports or names as its `tsconfig`. */
function exportedPlaces(modules: string, name: string): string[] {
  const [, packageName = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)\/?(.*)$/.exec(name) ?? []
  const dir = path.join(modules, packageName)
  const manifest = path.join(dir, 'package.json')
  try {
    const { exports, tsconfig } = JSON.parse(readFileSync(manifest, 'utf8')) as {
      exports?: unknown
      tsconfig?: unknown
    }
    const targets = [...textsIn([exports, tsconfig])]
    // of a pattern, whatever it stands for
    const files = targets.flatMap((target) => [
      target.replaceAll('*', () => rest),
      target.replaceAll('*', () => path.basename(rest)),
    ])
    return [manifest, ...files.map((file) => path.join(dir, file))]
  } catch {
    return [manifest]
  }
}

function forms(target: string): string[] {
  return [target, `${target}.json`, path.join(target, 'tsconfig.json')]
}
