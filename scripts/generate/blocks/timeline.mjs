import { each, h, icon, when } from '../component/nodes.mjs'
import { rule } from '../component/styles.mjs'
import { cell } from './cells.mjs'

/** Rows by month, newest or oldest first. */
export function timeline(random, { entity, list }) {
  const date = random.pick(entity.dates)
  const heading = random.pick(entity.texts)
  const flag = random.pick(entity.flags)
  const number = random.pick(entity.numbers)

  return {
    state: [{ name: 'newestFirst', value: String(random.chance(0.6)) }],
    derived: [
      {
        name: 'months',
        value: `groupBy(\n  orderBy(${list}, (row) => row.${date.name}, !@newestFirst),\n  (row) => monthOf(row.${date.name}),\n)`,
      },
    ],
    actions: [{ name: 'turnAround', body: ['set newestFirst: !@newestFirst'] }],
    style: [
      rule('.timeline', { margin: '0', padding: '0', 'list-style': 'none' }, [
        rule('li', {
          padding: 'space(2) space(4)',
          'border-left': `${random.integer(2, 4)}px solid tone(${random.pick(['good', 'neutral'])})`,
        }),
        rule('time', { color: 'tone(neutral)', 'font-variant-numeric': 'tabular-nums' }),
        rule('.late', { 'font-weight': '600' }),
      ]),
    ],
    markup: [
      h(
        'button',
        { type: 'button', '@click': 'turnAround' },
        icon('clock'),
        `{{ @newestFirst ? 'Newest first' : 'Oldest first' }}`,
      ),
      each(
        '@months',
        '[month, entries]',
        'month',
        h(
          'section',
          {},
          h('h3', {}, '{{ month }}'),
          h(
            'ol',
            { class: 'timeline' },
            each(
              'entries',
              'row',
              'row.id',
              h(
                'li',
                { '.late': `row.${flag.name}` },
                h('time', { ':datetime': `row.${date.name}` }, cell(date)),
                h('span', {}, cell(heading)),
                h('em', {}, `${number.label} ${cell(number)}`),
              ),
            ),
          ),
        ),
      ),
      when(
        '@months.length === 0',
        h('p', {}, `No ${entity.name} has a date in ${date.label.toLowerCase()} yet.`),
      ),
    ],
  }
}
