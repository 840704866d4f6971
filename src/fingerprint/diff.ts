import { child } from './paths.ts'
import { shown } from './shown.ts'

/** One difference between two trees of named parts, in short words for people. */
export interface PartChange {
  /** `options.template.whitespace`. */
  readonly path: string
  /** `"condense"`; `(none)` where there was nothing. */
  readonly from: string
  readonly to: string
}

/**
 * Names what differs between two trees, at most `limit` differences. Values
 * come before code, and both before places that only say "the same as there".
 */
export function diffParts(before: unknown, after: unknown, limit = 20): PartChange[] {
  const changes: Change[] = []
  compare(before, after, '', changes)
  const told = new Set<string>()
  return changes
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ path, before: was, after: is }) => ({ path, from: shown(was), to: shown(is) }))
    .filter((change) => {
      const text = JSON.stringify(change)
      return !told.has(text) && told.add(text)
    })
    .slice(0, limit)
}

interface Change {
  readonly rank: number
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

type Tree = Readonly<Record<string, unknown>>

function compare(before: unknown, after: unknown, path: string, changes: Change[]): void {
  if (Object.is(before, after)) return
  if (Array.isArray(before) && Array.isArray(after)) {
    compareLists(before, after, path, changes)
  } else if (isTree(before) && isTree(after) && !isMark(before) && !isMark(after)) {
    compareTrees(before, after, path, changes)
  } else if (shown(before, Infinity) !== shown(after, Infinity)) {
    const reference = [before, after].some((value) => isTree(value) && '$same' in value)
    changes.push({ rank: reference ? 2 : 0, path, before, after })
  }
}

function compareTrees(before: Tree, after: Tree, path: string, changes: Change[]): void {
  const labels = new Set([...Object.keys(before), ...Object.keys(after)])
  for (const label of [...labels].toSorted()) {
    if (label !== '$function') {
      compare(before[label], after[label], step(path, label), changes)
    } else if (before[label] !== after[label]) {
      changes.push({
        rank: 1,
        path,
        before: { $function: before[label] },
        after: { $function: after[label] },
      })
    }
  }
}

/** Lists of texts (extensions, packages) are told by what went and what came. */
function compareLists(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
  changes: Change[],
): void {
  if (before.every(isText) && after.every(isText)) {
    const went = before.filter((text) => !after.includes(text))
    const came = after.filter((text) => !before.includes(text))
    const moved = went.length + came.length === 0
    if (!moved) changes.push({ rank: 0, path, before: some(went), after: some(came) })
    else if (before.join('\0') !== after.join('\0')) changes.push({ rank: 0, path, before, after })
    return
  }
  for (let at = 0; at < Math.max(before.length, after.length); at++) {
    compare(before[at], after[at], child(path, at), changes)
  }
}

function some(texts: readonly unknown[]): unknown {
  return texts.length === 1 ? texts[0] : texts.length === 0 ? undefined : texts
}

/** This room's own labels say nothing to a user; a user's own lose the extra `$`. */
export function step(path: string, label: string): string {
  if (/^\$\w/.test(label)) return label === '$class' ? child(path, 'class') : path
  return child(path, label.startsWith('$') ? label.slice(1) : label)
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `{ $regexp: '/a/' }` and the like: one value, not a tree. */
export function isMark(value: Tree): boolean {
  return /^\$(?:bytes|date|known|module|native|opaque|regexp|same|secret|skipped|symbol|text|url)$/.test(
    Object.keys(value)[0] ?? '',
  )
}
