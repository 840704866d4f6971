import { measureApp } from './builds.mjs'
import { measureEngine } from './engineCase.mjs'
import { measurePeers } from './peers/case.mjs'
import { measureBenefit, measureWhere } from './records.mjs'
import { measureFaults, measureRemote } from './sharing.mjs'
import { measureStores } from './stores/case.mjs'

/** What can be measured; each case makes one or more Markdown tables. */
export const cases = {
  vue: app({ app: 'vue', size: 1500, oracle: true }),
  'rollup-array': app({ app: 'rollup-library', size: 200, config: 'rollup.array.config.js' }),
  css: app({ app: 'css', size: 600, oracle: true }),
  svelte: app({ app: 'svelte', size: 500, oracle: true }),
  mdx: app({ app: 'mdx', size: 300, oracle: true }),
  'react-compiler': app({ app: 'react-compiler', size: 300, oracle: true }),
  engine: { about: 'the engine alone: hits, misses, opening', measure: measureEngine },
  benefit: { about: 'what each plugin gains: median call, median hit', measure: measureBenefit },
  where: { about: 'where the time of warm builds goes', measure: measureWhere },
  peers: { about: 'beside other caches of builds, on the same sources', measure: measurePeers },
  stores: { about: 'the engine beside other stores on the same data', measure: measureStores },
  remote: {
    about: 'a new machine that shares over 20 ms, beside a local store',
    measure: measureRemote,
  },
  faults: { about: 'how much longer a build takes when its remote fails', measure: measureFaults },
}

/**
 * The builds of one app. `size` components; `oracle` says whether the floor (oracle.mjs) can be
 * measured too, which takes a host that is Vite and one build.
 */
function app(chosen) {
  const about = `builds of the app ${chosen.app}: plain, cold, warm; --edits after edits too`
  return { about, measure: (settings) => measureApp(chosen, settings) }
}
