/** A text that takes the place of another on one line of generated code. Line and column are from 0, columns in UTF-16 units. */
export interface Edit {
  readonly line: number
  readonly column: number
  /** Length before. */
  readonly from: number
  /** Length after. */
  readonly to: number
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const digits = new Map([...alphabet].map((letter, digit) => [letter, digit]))

/**
 * Moves the generated columns of a source map's `mappings` to where edits put
 * them. Of each segment only the column is written anew, and only on edited
 * lines, so all else stays as its tool wrote it. Undefined when that can't be
 * exact: a segment begins inside a text that goes, or segments are out of order.
 *
 * @param edits in the order of the code, columns as they were before all of them.
 */
export function shiftColumns(mappings: string, edits: readonly Edit[]): string | undefined {
  const lines = mappings.split(';')
  const edited = new Set(edits.map(({ line }) => line))
  for (const line of edited) {
    const text = lines[line]
    if (!text) continue
    const shifted = shiftLine(
      text,
      edits.filter((edit) => edit.line === line),
    )
    if (shifted === undefined) return undefined
    lines[line] = shifted
  }
  return lines.join(';')
}

function shiftLine(text: string, edits: readonly Edit[]): string | undefined {
  let column = 0
  let written = 0
  let shift = 0
  let next = 0
  const segments: string[] = []
  for (const segment of text.split(',')) {
    const first = readNumber(segment)
    if (first === undefined || first.value < 0) return undefined
    column += first.value
    for (let edit = edits[next]; edit && edit.column + edit.from <= column; edit = edits[next]) {
      shift += edit.to - edit.from
      next++
    }
    const around = edits[next]
    if (around && around.column < column) return undefined
    segments.push(writeNumber(column + shift - written) + segment.slice(first.length))
    written = column + shift
  }
  return segments.join(',')
}

/** The first variable-length number of a segment; undefined when there is none. */
function readNumber(segment: string): { value: number; length: number } | undefined {
  let bits = 0
  for (let at = 0, scale = 1; at < segment.length; at++, scale *= 32) {
    const digit = digits.get(segment[at]!)
    if (digit === undefined) return undefined
    bits += (digit % 32) * scale
    if (digit < 32) {
      const value = Math.floor(bits / 2)
      return { value: bits % 2 === 1 ? -value : value, length: at + 1 }
    }
  }
  return undefined
}

function writeNumber(value: number): string {
  let text = ''
  let bits = value < 0 ? -value * 2 + 1 : value * 2
  do {
    const digit = bits % 32
    bits = Math.floor(bits / 32)
    text += alphabet[bits > 0 ? digit + 32 : digit]
  } while (bits > 0)
  return text
}
