import { h } from '../component/nodes.mjs'
import { rule } from '../component/styles.mjs'
import { capital } from '../words.mjs'
import { amount } from './cells.mjs'

const figures = {
  total: (field, list) => ({
    name: `total${capital(field.name)}`,
    caption: `${field.label}, all`,
    value: `sumBy(${list}, (row) => row.${field.name})`,
    shown: (name) => amount(field, name),
  }),
  mean: (field, list) => ({
    name: `average${capital(field.name)}`,
    caption: `${field.label} on average`,
    value: `averageBy(${list}, (row) => row.${field.name})`,
    shown: (name) => amount(field, name),
  }),
  top: (field, list) => ({
    name: `highest${capital(field.name)}`,
    caption: `Highest ${field.label.toLowerCase()}`,
    value: `maxBy(${list}, (row) => row.${field.name})`,
    shown: (name) => amount(field, name),
  }),
}

/** A few figures over the list. */
export function stats(random, { entity, list }) {
  const chosen = random
    .sample(entity.numbers, random.integer(1, 3))
    .map((field) => figures[random.pick(['total', 'mean', 'top'])](field, list))
  const flag = random.pick(entity.flags)
  const choice = random.pick(entity.choices)
  const wanted = random.pick(choice.values)
  const share = random.chance(0.5)
    ? { name: `${flag.name}Count`, caption: flag.label, test: `row.${flag.name}` }
    : {
        name: `${wanted}Count`,
        caption: capital(wanted),
        test: `row.${choice.name} === '${wanted}'`,
      }

  return {
    derived: [
      ...chosen.map(({ name, value }) => ({ name, value })),
      { name: share.name, value: `${list}.filter((row) => ${share.test}).length` },
    ],
    style: [
      rule(
        '.stats',
        {
          display: 'grid',
          'grid-template-columns': `repeat(auto-fit, minmax(${random.integer(8, 14)}rem, 1fr))`,
          gap: `space(${random.integer(2, 5)})`,
          margin: '0',
        },
        [
          rule('div', { mixin: `card(${random.integer(2, 4)})` }),
          rule('dt', { color: 'tone(neutral)', 'font-size': `0.${random.integer(78, 92)}rem` }),
          rule('dd', { margin: '0', 'font-size': `1.${random.integer(2, 6)}rem` }),
        ],
      ),
    ],
    markup: [
      h(
        'dl',
        { class: 'stats' },
        ...chosen.map(({ name, caption, shown }) =>
          h('div', {}, h('dt', {}, caption), h('dd', {}, `{{ ${shown(`@${name}`)} }}`)),
        ),
        h(
          'div',
          {},
          h('dt', {}, share.caption),
          h('dd', {}, `{{ formatPercent(@${share.name}, ${list}.length) }}`),
        ),
      ),
    ],
  }
}
