import { board } from '../blocks/board.mjs'
import { chart } from '../blocks/chart.mjs'
import { checklist } from '../blocks/checklist.mjs'
import { details } from '../blocks/details.mjs'
import { form } from '../blocks/form.mjs'
import { notes } from '../blocks/notes.mjs'
import { pager } from '../blocks/pager.mjs'
import { stats } from '../blocks/stats.mjs'
import { table } from '../blocks/table.mjs'
import { timeline } from '../blocks/timeline.mjs'
import { toolbar } from '../blocks/toolbar.mjs'
import { qualifiers } from '../words.mjs'
import { use } from './nodes.mjs'

const mains = {
  Table: table,
  Board: board,
  Timeline: timeline,
  Chart: chart,
  Details: details,
  Checklist: checklist,
}

/**
 * Describes one component for any framework: what it shows, its state and its
 * logic. `siblings` are the components of the same group that it may embed,
 * `taken` the names that are in use, `fullness` scales how much it shows.
 */
export function describe(random, { entity, siblings, taken, Badge, fullness = 1 }) {
  const often = (share) => random.chance(share * fullness)
  const kind = random.pick(Object.keys(mains))
  const name = nameFor(random, entity, kind, taken)
  const limited = random.chance(0.5)
  const context = { entity, list: limited ? '@shown' : 'rows', Badge }
  const parts = [limited ? { derived: [{ name: 'shown', value: 'rows.slice(0, limit)' }] } : {}]

  function add(block) {
    const part = block(random, context)
    parts.push(part)
    if (part.list) context.list = part.list
  }

  if (often(0.65)) add(toolbar)
  if (often(0.4)) add(stats)
  if (often(0.35)) add(pager)
  add(mains[kind])
  const others = Object.keys(mains).filter((other) => other !== kind)
  const alone = parts.length === 2
  if (alone || often(0.45)) add(mains[random.pick(others)])
  if (often(0.3)) add(form)
  if (often(0.45)) add(notes)

  const sibling = often(0.3) ? random.pick(siblings) : undefined
  if (sibling) parts.push(embed(sibling, context.list))

  return { name, entity, limited, limit: random.integer(5, 60), sibling, ...merge(parts) }
}

function embed(sibling, list) {
  const attributes = {
    ':title': `\`\${title}: ${sibling.name}\``,
    ':rows': list,
    ':currency': 'currency',
  }
  return { markup: [use(sibling.name, attributes, [])] }
}

function nameFor(random, entity, kind, taken) {
  const free = qualifiers.map((qualifier) => `${qualifier}${entity.type}${kind}`)
  const name =
    random.shuffle(free).find((candidate) => !taken.has(candidate)) ??
    `${entity.type}${kind}${taken.size}`
  taken.add(name)
  return name
}

function merge(parts) {
  const all = (key) => parts.flatMap((part) => part[key] ?? [])
  return {
    constants: all('constants'),
    helpers: all('helpers'),
    emits: all('emits'),
    state: all('state'),
    derived: all('derived'),
    actions: all('actions'),
    effects: all('effects'),
    markup: all('markup'),
    footer: all('footer'),
    style: all('style'),
  }
}
