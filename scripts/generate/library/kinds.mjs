import { rules } from './rules.mjs'
import { feed } from './feed.mjs'
import { query } from './query.mjs'
import { flow } from './flow.mjs'
import { store } from './store.mjs'
import { codec } from './codec.mjs'
import { report } from './report.mjs'

/** What a generated module can be: the end of its name and the code. */
export const kinds = [
  { name: 'Rules', write: rules },
  { name: 'Feed', write: feed },
  { name: 'Query', write: query },
  { name: 'Flow', write: flow },
  { name: 'Store', write: store },
  { name: 'Codec', write: codec },
  { name: 'Report', write: report },
]
