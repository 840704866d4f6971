import { each, h, icon } from '../component/nodes.mjs'
import { rule } from '../component/styles.mjs'
import { amount } from './cells.mjs'

/** Bars for one number, drawn or as meters. */
export function chart(random, { entity, list }) {
  const number = random.pick(entity.numbers)
  const name = random.pick(entity.texts)
  return random.chance(0.6)
    ? bars(random, entity, list, number, name)
    : meters(random, entity, list, number, name)
}

const peakOf = (list, number) => `Math.max(1, maxBy(${list}, (row) => row.${number.name}))`

function bars(random, entity, list, number, name) {
  const width = random.integer(14, 28)
  const height = random.integer(80, 160)
  const x = `index * ${width} + 2`
  const size = `barHeight(row.${number.name}, @peak)`
  return {
    helpers: [
      `/** Pixels of a bar in a drawing ${height} high. */`,
      'function barHeight(value: number, top: number): number {',
      `  return Math.round((Math.max(0, value) / top) * ${height - 20})`,
      '}',
    ],
    state: [{ name: 'hovered', value: 'null', type: 'string | null' }],
    derived: [{ name: 'peak', value: peakOf(list, number) }],
    style: [
      rule('.chart', { margin: '0' }, [
        rule('rect', { fill: `tone(${random.pick(['good', 'warn', 'neutral'])})` }),
        rule('.active', { opacity: `0.${random.integer(5, 8)}` }),
        rule('figcaption', { 'font-size': '0.85rem', color: 'tone(neutral)' }),
      ]),
    ],
    markup: [
      h(
        'figure',
        { class: 'chart' },
        h(
          'svg',
          {
            ':viewBox': `\`0 0 \${Math.max(1, ${list}.length) * ${width}} ${height}\``,
            height: String(height),
            role: 'img',
            'aria-label': `${number.label} by ${name.label.toLowerCase()}`,
          },
          each(
            list,
            'row',
            'row.id',
            h(
              'g',
              {},
              h('rect', {
                ':x': x,
                ':y': `${height - 16} - ${size}`,
                width: String(width - 4),
                ':height': size,
                '.active': '@hovered === row.id',
                '@pointerenter': 'set hovered: row.id',
                role: 'presentation',
              }),
              h(
                'text',
                { ':x': x, y: String(height - 4), 'font-size': '9' },
                `{{ initials(row.${name.name}) }}`,
              ),
            ),
            'index',
          ),
        ),
        h('figcaption', {}, `Up to {{ ${amount(number, '@peak')} }}`),
      ),
    ],
  }
}

function meters(random, entity, list, number, name) {
  return {
    derived: [
      { name: 'peak', value: peakOf(list, number) },
      { name: 'ranked', value: `orderBy(${list}, (row) => row.${number.name}, false)` },
    ],
    style: [
      rule('.meters', { mixin: `stack(${random.integer(1, 3)})`, padding: '0' }, [
        rule('li', {
          display: 'grid',
          'grid-template-columns': `${random.integer(7, 12)}rem 1fr auto`,
          gap: 'space(2)',
        }),
        rule('meter', { width: '100%', height: `${random.integer(8, 16)}px` }),
      ]),
    ],
    markup: [
      h('h3', {}, icon('chart'), `${number.label} by ${name.label.toLowerCase()}`),
      h(
        'ul',
        { class: 'meters' },
        each(
          '@ranked',
          'row',
          'row.id',
          h(
            'li',
            {},
            h('span', {}, `{{ row.${name.name} }}`),
            h('meter', { min: '0', ':max': '@peak', ':value': `row.${number.name}` }),
            h('output', {}, `{{ ${amount(number, `row.${number.name}`)} }}`),
          ),
        ),
      ),
    ],
  }
}
