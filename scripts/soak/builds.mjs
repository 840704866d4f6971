import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { buildCommand } from '../lib/buildCommand.mjs'
import { compareDirs } from '../lib/compareDirs.mjs'
import { runNode } from '../lib/runNode.mjs'

/** Builds a copy, in a process of its own, into `out/<name>` of its home. */
export async function build({ home, dir, env, modulesDir, playground, config }, name) {
  const out = path.join(home, 'out', name)
  rmSync(out, { recursive: true, force: true })
  const { SOAK_MODE: mode, ...rest } = env
  const { script, args } = buildCommand(playground, modulesDir, config)
  const { code, signal, stdout, stderr } = await runNode(script, {
    cwd: dir,
    args: [...args.filter((arg) => arg !== '--silent'), ...(mode ? ['--mode', mode] : [])],
    env: {
      ...rest,
      PLAYGROUND_OUT: out,
      PLAYGROUND_PLAIN: name === 'warm' ? undefined : '1',
      SOAK_JITTER: name === 'again' ? '1' : undefined,
      REMEMBER_DIR: path.join(home, 'store'),
    },
  })
  const text = stripVTControlCharacters(stdout + stderr)
  const [, reused = 0, calls = 0] = /remember {2}([\d,]+) of ([\d,]+)/.exec(text) ?? []
  return {
    out,
    ended: signal ?? code,
    said: saidBy(text.replaceAll(`out/${name}`, 'out')),
    text,
    reused: toNumber(reused),
    calls: toNumber(calls),
  }
}

function toNumber(text) {
  return Number(String(text).replaceAll(',', ''))
}

/** What a build prints that must be the same with the cache: all but its times, stacks and our own line. */
function saidBy(text) {
  return text
    .split('\n')
    .filter((line) => !/^\s*at |\bremember {2}\d|differs in every build|^\s*$/.test(line))
    .map((line) =>
      line.replaceAll(/\b(?:\d+m )?[\d.]+ ?m?s\b|^\d+:\d\d:\d\d [AP]M/g, '<time>').trimEnd(),
    )
    .sort()
}

/** How two builds of one copy differ, one line each; none when they agree. */
export function differences(plain, warm) {
  if (plain.ended !== warm.ended) {
    return [`plain ended with ${plain.ended}, warm with ${warm.ended}`, ...tell(plain, warm)]
  }
  // how far a build that fails had come is a matter of time
  if (plain.ended !== 0)
    return tell(plain, warm).filter((line) => !/modules transformed/.test(line))
  const files = compareDirs(plain.out, warm.out).slice(0, 10)
  return [...files.flatMap((line) => [line, ...firstLine(line, plain, warm)]), ...tell(plain, warm)]
}

function tell(plain, warm) {
  return [
    ...without(plain.said, warm.said).map((line) => `only plain says: ${line}`),
    ...without(warm.said, plain.said).map((line) => `only warm says: ${line}`),
  ]
}

/** Each as often as it comes more often. */
function without(lines, others) {
  const rest = [...others]
  return lines.filter((line) => {
    const at = rest.indexOf(line)
    if (at !== -1) rest.splice(at, 1)
    return at === -1
  })
}

/**
 * Both fail for the same reason, though it may be another module where it was met
 * first: hosts stop at whichever of many comes first, and hits come earlier.
 */
export function failAlike(plain, warm) {
  return plain.ended !== 0 && plain.ended === warm.ended && reasons(plain) === reasons(warm)
}

function reasons({ said }) {
  const named = said
    .filter((line) => /\[[A-Z_]+\]|\bError\b|\[!\]/.test(line))
    .map((line) => line.replaceAll(/[\w./@-]*\/[\w./@-]+(?:\?[\w&=.]+)?(?::\d+)*/g, '<path>'))
  return [...new Set(named)].join('\n')
}

/** Where a file differs first, on both sides. */
function firstLine(difference, plain, warm) {
  const name = /^(.*): differs$/.exec(difference)?.[1]
  if (name === undefined) return []
  const read = ({ out }) => readFileSync(path.join(out, name), 'utf8').split('\n')
  const [left, right] = [read(plain), read(warm)]
  const line = left.findIndex((text, index) => text !== right[index])
  if (line === -1) return [`  line ${left.length + 1}: there is more in warm`]
  const [one, other] = [left[line], right[line] ?? '']
  const same = [...one].findIndex((letter, index) => letter !== other[index])
  const from = Math.max(0, same - 60)
  return [
    `  line ${line + 1} from column ${from}`,
    `    plain: ${one.slice(from, from + 160)}`,
    `    warm:  ${other.slice(from, from + 160)}`,
  ]
}
