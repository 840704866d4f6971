import { styleText } from 'node:util'

/** What may be drawn where a text goes to. */
export interface Paint {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly yellow: (text: string) => string
  readonly red: (text: string) => string
  readonly green: (text: string) => string
  /** Columns; infinite where nobody reads along. */
  readonly width: number
}

/** A terminal's stream, as `process.stdout`. */
export interface Terminal {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

type Env = Readonly<Record<string, string | undefined>>

/**
 * Colours where a terminal shows them: `FORCE_COLOR` and `NO_COLOR` decide, else none in CI, none
 * in files and pipes, and none where `TERM` is `dumb`.
 */
export function paintFor(stream: Terminal, env: Env): Paint {
  const paint = (format: 'bold' | 'dim' | 'yellow' | 'red' | 'green') =>
    isColourful(stream, env)
      ? (text: string) => styleText(format, text, { validateStream: false })
      : (text: string) => text
  return {
    bold: paint('bold'),
    dim: paint('dim'),
    yellow: paint('yellow'),
    red: paint('red'),
    green: paint('green'),
    width: (stream.isTTY && stream.columns) || Infinity,
  }
}

// no-color.org and force-color.org: set and not empty
function isColourful({ isTTY }: Terminal, env: Env): boolean {
  const forced = env['FORCE_COLOR']
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false'
  if (env['NO_COLOR'] || env['CI'] || env['TERM'] === 'dumb') return false
  return isTTY === true
}
