import { isPlainObject } from '../../key/index.ts'
import type { Outcome, TextPath } from '../outcome.ts'
import { shiftColumns, type Edit } from './columns.ts'

/** Stands for the root in stored outcomes. One that holds this text already is bound to its root. */
export const rootToken = '<remember:root>'

/** Puts a root where the tokens are, and moves the columns of source maps accordingly. */
export function attachRoot(outcome: Outcome, root: string): Outcome {
  const { result, effects, rooted } = outcome
  // most speak of their root in one short text, and to look through the code costs more than all else
  if (Array.isArray(rooted)) {
    const attached = rooted.reduce<unknown>(
      (value, path: TextPath) => replacedAt(value, path, root),
      outcome,
    ) as Outcome
    return { result: attached.result, effects: attached.effects }
  }
  const opened = openedMap(result)
  const moved = replaced(opened, rootToken, root)
  return {
    result: opened === result ? moved : closedMap(moved),
    effects: replaced(effects, rootToken, root) as Outcome['effects'],
  }
}

/** A copy in which the token at the end of a path is the root. */
function replacedAt(value: unknown, path: TextPath, root: string): unknown {
  const [label, ...rest] = path
  if (label === undefined) return replaced(value, rootToken, root)
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as typeof value
  const fields = copy as Record<string | number, unknown>
  fields[label] = replacedAt(fields[label], rest, root)
  return copy
}

/** Where the tokens are; `true` when one is in code or in a map, whose positions move. */
export function placesOfToken(outcome: Omit<Outcome, 'rooted'>): true | TextPath[] {
  const places: TextPath[] = []
  const look = (value: unknown, path: TextPath): void => {
    if (typeof value === 'string') {
      if (value.includes(rootToken)) places.push(path)
    } else if (Array.isArray(value)) value.forEach((each, at) => look(each, [...path, at]))
    else if (isPlainData(value)) {
      for (const [label, each] of Object.entries(value)) look(each, [...path, label])
    }
  }
  look({ result: outcome.result, effects: outcome.effects }, [])
  const moves = places.some((path) => path.includes('code') || path.includes('map'))
  return moves ? true : places
}

/**
 * A result whose map is JSON, with the map as an object: tools write other letters than ASCII in
 * their own ways. Any other result as it is.
 *
 * @throws SyntaxError when it is no JSON.
 */
export function openedMap(result: unknown): unknown {
  const { map } = (result ?? {}) as { map?: unknown }
  return typeof map === 'string' && map !== ''
    ? { ...(result as object), map: JSON.parse(map) }
    : result
}

export function closedMap(result: unknown): unknown {
  return { ...(result as object), map: JSON.stringify((result as { map: unknown }).map) }
}

/**
 * Replaces a text in all strings of plain data. Beside `code` that changes, the
 * positions of its `map` follow, at any depth.
 *
 * @throws RangeError when a map can't follow exactly.
 */
export function replaced(value: unknown, from: string, to: string): unknown {
  if (typeof value === 'string') return value.replaceAll(from, () => to)
  if (Array.isArray(value)) return value.map((each) => replaced(each, from, to))
  if (!isPlainData(value)) return value
  const copy: Record<string, unknown> = {}
  for (const [label, each] of Object.entries(value)) {
    // letters of a map's own alphabet, which has no `<` and no path
    copy[label] = label === 'mappings' ? each : replaced(each, from, to)
  }
  const { code, map } = value as { code?: unknown; map?: unknown }
  if (typeof code === 'string' && code.includes(from) && map) {
    copy['map'] = movedMap(copy['map'], editsOf(code, from, to))
  }
  return copy
}

export function isPlainData(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && isPlainObject(value)
}

function movedMap(map: unknown, edits: readonly Edit[]): unknown {
  if (!isPlainData(map)) throw new RangeError('a map of another kind')
  const { mappings, sections, debugId } = map
  // an id made of the code's own text is another for another root
  if (sections !== undefined || debugId !== undefined) throw new RangeError('a map of another kind')
  if (mappings === undefined || mappings === '') return map
  const moved = typeof mappings === 'string' ? shiftColumns(mappings, edits) : undefined
  if (moved === undefined) throw new RangeError('a map that can not follow')
  return { ...map, mappings: moved }
}

function editsOf(code: string, from: string, to: string): Edit[] {
  const edits: Edit[] = []
  let line = 0
  let lineStart = 0
  for (let at = code.indexOf(from); at !== -1; at = code.indexOf(from, at + from.length)) {
    for (let end = code.indexOf('\n', lineStart); end !== -1 && end < at;) {
      line++
      lineStart = end + 1
      end = code.indexOf('\n', lineStart)
    }
    edits.push({ line, column: at - lineStart, from: from.length, to: to.length })
  }
  return edits
}
