import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { generate } from '../generate.mjs'
import { seconds } from '../lib/text.mjs'
import { prepareBuilds } from './builds.mjs'
import { median, pairedRatio } from './statistics.mjs'
import { markdownTable } from './tables.mjs'

const configFile = 'rollup.resolution.config.js'

/** How much of plain and warm Rollup builds is resolution: each beside one that has all answers ready. */
export async function measureResolution({ runs, sizes, home, log }) {
  const size = sizes?.[0] ?? 200
  const bench = prepareBuilds('rollup-library', undefined, home)
  await generate('rollup-library', size, bench.dir)
  const plugin = JSON.stringify(path.resolve(import.meta.dirname, 'resolution.mjs'))
  writeFileSync(
    path.join(bench.dir, configFile),
    [
      `import config from './rollup.config.js'`,
      `import resolution from ${plugin}`,
      `export default { ...config, plugins: [resolution(), ...config.plugins] }`,
    ].join('\n'),
  )
  const answered = (name, mode, env) => {
    const file = { BENCH_RESOLUTION: mode, BENCH_RESOLUTION_FILE: path.join(home, 'answers.json') }
    return bench.run(name, { ...file, ...env }, { configFile })
  }
  const plain = { PLAYGROUND_PLAIN: '1' }
  await bench.plain()
  await answered('recorded', 'record', plain)
  await bench.cold()
  const rounds = []
  for (let round = 1; round <= runs; round++) {
    log(`round ${round} of ${runs}`)
    rounds.push({
      plain: await bench.plain(),
      'plain, answers ready': await answered('ready', 'replay', plain),
      warm: await bench.warm(),
      'warm, answers ready': await answered('ready', 'replay', {}),
    })
  }
  const rows = Object.keys(rounds[0]).map((name) => {
    const base = name.replace(/,.*/, '')
    const ratio = (pick) => (name === base ? '' : pairedRatio(rounds, name, base, pick).toFixed(2))
    const middle = (pick) => seconds(median(rounds.map((round) => pick(round[name]))))
    const [wall, cpu] = [({ wallMs }) => wallMs, ({ cpuMs }) => cpuMs]
    return [name, middle(wall), middle(cpu), ratio(wall), ratio(cpu)]
  })
  const head = ['build', 'wall', 'CPU', 'of it left', 'of its CPU left']
  return `rollup-library, ${size} modules, ${runs} rounds\n\n${markdownTable(head, rows)}`
}
