import { count, seconds } from '../lib/text.mjs'
import { median, pairedRatio } from './statistics.mjs'

/** A Markdown table of one case, and lines that its numbers do not say. */
export function describeBuilds(rounds) {
  const names = Object.keys(rounds[0])
  const rows = names.map((name) => {
    const runs = rounds.map((round) => round[name])
    const walls = runs.map((run) => run.wallMs)
    const spread = `${seconds(Math.min(...walls))} – ${seconds(Math.max(...walls))}`
    return [
      name,
      seconds(median(walls)),
      spread,
      seconds(median(runs.map((run) => run.cpuMs))),
      ratio(rounds, name, 'plain'),
      ratio(rounds, name, 'plain', ({ cpuMs }) => cpuMs),
      names.includes('oracle') ? ratio(rounds, name, 'oracle') : '',
      mebibytes(median(runs.map((run) => run.peakBytes))),
    ]
  })
  const head = [
    'build',
    'wall',
    'min – max',
    'CPU',
    '÷ plain',
    '÷ plain, CPU',
    '÷ oracle',
    'peak memory',
  ]
  return `${markdownTable(head, rows)}\n\n${remarks(rounds.at(-1)).join('\n')}`
}

function remarks({ cold, warm, oracle, ...others }) {
  const lines = [
    `- warm: ${count(warm.hits)} hook calls reused, ${count(warm.misses)} new; saved ${seconds(warm.savedMs)}, spent ${seconds(warm.spentMs)}`,
    `- of that, or besides: fingerprints ${seconds(warm.fingerprintMs)}, looking at inputs ${seconds(warm.inputsMs)}; recording ${seconds(warm.recordMs)}, in the cold build ${seconds(cold.recordMs)}`,
    `- store: ${mebibytes(cold.storeBytes)}, ${(cold.storeBytes / cold.valueBytes).toFixed(2)} times the values in it`,
  ]
  for (const name of ['1 edit', '5 % edited']) {
    const build = others[name]
    if (!build) continue
    const calls = `${count(build.hits)} reused, ${count(build.misses)} new`
    lines.push(`- ${name}: ${calls}; store ${mebibytes(build.storeBytes)} after it`)
  }
  if (!oracle) return lines
  const { hits, misses, loadMs } = oracle.oracle
  const calls = `${count(hits)} answered, ${count(misses)} passed on`
  return [...lines, `- oracle: ${calls}; ${seconds(loadMs)} to load its map, not counted above`]
}

function ratio(rounds, name, base, pick) {
  return name === base ? '' : pairedRatio(rounds, name, base, pick).toFixed(3)
}

export function mebibytes(bytes) {
  return `${(bytes / 1024 ** 2).toFixed(1)} MiB`
}

/** The first column is text, the others are numbers. */
export function markdownTable(head, rows) {
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'))
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
