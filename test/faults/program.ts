import assert from 'node:assert/strict'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/** How a suite is to be run; the arguments of its program. */
export interface Settings {
  /** Everything there is to try, or a part of it. */
  readonly full: boolean
  readonly seed: number
  /** One case by its name, to try it again. */
  readonly only?: string
  /** For what is limited by time. */
  readonly seconds: number
}

export type Counts = Readonly<Record<string, number>>

/**
 * Runs a suite as this process: its counts are the last line printed, as JSON; what fails is thrown.
 *
 * @param run is given a folder of its own, which goes when it ends well
 */
export async function program(
  run: (settings: Settings, dir: string) => Promise<Counts>,
): Promise<void> {
  const { values } = parseArgs({
    options: {
      full: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      seconds: { type: 'string', default: '10' },
    },
  })
  const { full, seed, only, seconds } = values
  const dir = mkdtempSync(join(realpathSync(tmpdir()), 'remember-faults-'))
  const settings = { full, seed: Number(seed), seconds: Number(seconds), ...(only && { only }) }
  const counts = await run(settings, dir)
  rmSync(dir, { recursive: true, force: true })
  process.stdout.write(`${JSON.stringify(counts)}\n`)
}

const firstWord = (text: string): string => text.split(' ', 1)[0]!

/** Failures after which a suite does not go on. */
const mostFailures = 10

/**
 * Runs one case after the other. Their failures are told together, each with its name, which
 * `--only` takes.
 */
export async function runCases<T extends { readonly name: string }>(
  cases: readonly T[],
  run: (one: T, index: number) => Promise<void>,
): Promise<void> {
  const failures: string[] = []
  for (const [i, one] of cases.entries()) {
    if (i % 500 === 499) process.stderr.write(`  ${i + 1} of ${cases.length}\n`)
    try {
      await run(one, i)
    } catch (error) {
      const { message, stack = '' } = error as Error
      const place = stack.split('\n').filter((line) => line.startsWith('    at '))
      failures.push([`${one.name}: ${message}`, ...place.slice(0, 5)].join('\n'))
      process.stderr.write(`${failures.at(-1)}\n`)
      if (failures.length === mostFailures) break
    }
  }
  assert(
    failures.length === 0,
    `${failures.length} cases failed: ${failures.map(firstWord).join(', ')}`,
  )
}
