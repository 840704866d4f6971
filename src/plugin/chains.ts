import fs from 'node:fs'
import path from 'node:path'
import type { Input } from '../engine/index.ts'
import { chainsOf, noteSeen, subjectOf } from '../trace/index.ts'
import { fileBehind, type Place } from './place.ts'
import type { Subject } from './subject.ts'

// Taken once: what is read here is nobody's input.
const { readFileSync } = fs

/**
 * Notes that a call looked at `target` after it had looked at `earlier`, the
 * first of which is the file it is for. A plugin that keeps what it read of a
 * file follows its imports when they are asked for, which may be calls later: so
 * every earlier file that may import this one leads to it from now on.
 */
export function follow(plugin: string, earlier: Earlier, target: string, input: Input): void {
  const chains = chainsOf(plugin)
  const name = subjectOf(input)
  noteSeen(plugin, input)
  let isFirst = true
  for (const [from, specifiers] of earlier) {
    let chain = chains.get(from)
    if (!chain) chains.set(from, (chain = new Map()))
    if (!chain.has(name) && (isFirst || mayImport(specifiers(), target))) {
      chain.set(name, { path: target, input })
    }
    isFirst = false
  }
  if (!earlier.has(target)) earlier.set(target, specifiersOf(target))
}

/** What a call looked at, in order, each with what it imports, which is read once and when it is asked for. */
export type Earlier = Map<string, () => readonly string[]>

export function earlierOf(file: string | undefined): Earlier {
  return new Map(file === undefined ? [] : [[file, specifiersOf(file)]])
}

function specifiersOf(file: string): () => readonly string[] {
  let specifiers: readonly string[] | undefined
  return () => (specifiers ??= specifiersIn(read(file)))
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // nothing is there, so nothing is imported
    return ''
  }
}

/** All that looks for this file led to, in this call or an earlier one: a plugin with state per file looks once. */
export function chained(subject: Subject, file: string | undefined, place: Place): Input[] {
  const chains = chainsOf(subject.name)
  if (file === undefined || chains.size === 0) return []
  const askers = [...(subject.memory.linked.get(file)?.keys() ?? [])].map(place.fromPortable)
  const paths = new Set([file, ...askers.map((id) => fileBehind(id) ?? file)])
  const inputs = new Map<string, Input>()
  // grows while it is walked
  for (const from of paths) {
    for (const [name, { path: to, input }] of chains.get(from) ?? []) {
      inputs.set(name, input)
      paths.add(to)
    }
  }
  return [...inputs.values()]
}

/** False only when all imports of a file are relative (or Vue's) and none has the other one's name. */
function mayImport(specifiers: readonly string[], target: string): boolean {
  return specifiers.some((specifier) => {
    if (!specifier.startsWith('.')) return specifier !== 'vue'
    const last = path.posix.basename(specifier)
    return /^\.*$/.test(last) || stem(last) === stem(path.basename(target)) || isIndex(target, last)
  })
}

function isIndex(target: string, folder: string): boolean {
  return stem(path.basename(target)) === 'index' && path.basename(path.dirname(target)) === folder
}

function stem(name: string): string {
  return name.replace(/\..*$/, '')
}

/** Of imports, `require` and `/// <reference>`; what is in comments and texts too. */
function specifiersIn(text: string): string[] {
  const pattern = /(?:\bfrom|\bimport|\brequire|\bpath|\btypes)\s*[(=]?\s*['"`]([^'"`]+)['"`]/g
  return Array.from(text.matchAll(pattern), (match) => match[1]!)
}
