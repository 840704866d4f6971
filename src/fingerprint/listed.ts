import { isMark, step } from './diff.ts'
import { child } from './paths.ts'
import { shown } from './shown.ts'

/** One leaf of a tree of named parts, in short words for people. */
export interface ListedPart {
  /** `options.template.whitespace`. */
  readonly path: string
  /** `"condense"`. */
  readonly value: string
}

/** More of a value tells no more. */
const LONG = 300

/** All leaves of a tree of named parts, in the order of their labels. Lists of plain values are one leaf. */
export function listParts(parts: unknown): ListedPart[] {
  const listed: ListedPart[] = []
  visit(parts, '', listed)
  return listed
}

function visit(value: unknown, path: string, listed: ListedPart[]): void {
  if (Array.isArray(value)) {
    if (value.some(isBranch)) {
      value.forEach((each, at) => visit(each, child(path, at), listed))
      return
    }
  } else if (isBranch(value) && !isMark(value)) {
    const labels = Object.keys(value)
    if (labels.length > 0) {
      for (const label of labels.toSorted()) {
        if (label === '$function') listed.push({ path, value: shown({ $function: value[label] }) })
        else visit(value[label], step(path, label), listed)
      }
      return
    }
  }
  listed.push({ path, value: shown(value, LONG) })
}

function isBranch(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
