// A plugin for Rollup that answers all resolutions of a build from a map in memory: what is left
// of the build's time then is the least that reusing resolutions could make of it. It looks at no
// file, so it is right only for the very build that was recorded.
//
// BENCH_RESOLUTION=record|replay, BENCH_RESOLUTION_FILE=<where the answers are>
import { readFileSync, writeFileSync } from 'node:fs'

export default function resolution() {
  const { BENCH_RESOLUTION: mode, BENCH_RESOLUTION_FILE: file } = process.env
  return mode === 'record' ? recorder(file) : player(file)
}

function recorder(file) {
  const answers = {}
  return {
    name: 'bench-resolution',
    resolveId: {
      order: 'pre',
      async handler(source, importer, options) {
        const found = await this.resolve(source, importer, { ...options, skipSelf: true })
        // `null` would ask the others again
        if (found) answers[`${source}\0${importer}`] = { ...found }
        return found
      },
    },
    closeBundle: () => writeFileSync(file, JSON.stringify(answers)),
  }
}

function player(file) {
  const answers = JSON.parse(readFileSync(file, 'utf8'))
  return {
    name: 'bench-resolution',
    resolveId: {
      order: 'pre',
      handler: (source, importer) => answers[`${source}\0${importer}`] ?? null,
    },
  }
}
