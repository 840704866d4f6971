import { each, h, icon } from '../component/nodes.mjs'
import { rule } from '../component/styles.mjs'
import { amount, cell } from './cells.mjs'

/** Cards in one column for each value of a choice. */
export function board(random, { entity, list }) {
  const choice = random.pick(entity.choices)
  const heading = random.pick(entity.texts)
  const details = random.sample(
    entity.fields.filter((field) => field !== choice && field !== heading),
    random.integer(2, 3),
  )
  const sum = random.pick(entity.numbers)

  return {
    state: [{ name: 'folded', value: 'null', type: 'string | null' }],
    derived: [{ name: 'columns', value: `groupBy(${list}, (row) => row.${choice.name})` }],
    actions: [
      {
        name: 'fold',
        parameters: 'column: string',
        body: ['set folded: @folded === column ? null : column'],
      },
    ],
    style: [
      rule('.board', { display: 'grid', 'grid-auto-flow': 'column', gap: 'space(3)' }, [
        rule('.column', { mixin: `stack(${random.integer(1, 3)})` }, [
          rule('h3', { margin: '0', 'font-size': '1rem', 'text-transform': 'capitalize' }),
        ]),
        rule('article', { mixin: 'card(2)', 'font-size': `0.${random.integer(84, 95)}rem` }, [
          rule('&:hover', { 'border-color': `tone(${random.pick(['good', 'neutral', 'warn'])})` }),
        ]),
        rule('.folded', { opacity: `0.${random.integer(4, 7)}` }),
        rule('@media (max-width: 40rem)', { 'grid-auto-flow': 'row' }),
      ]),
    ],
    markup: [
      h(
        'div',
        { class: 'board' },
        each(
          '@columns',
          '[column, cards]',
          'column',
          h(
            'section',
            { class: 'column', '.folded': '@folded === column' },
            h(
              'h3',
              {},
              icon('list'),
              h(
                'button',
                {
                  type: 'button',
                  ':aria-expanded': '@folded !== column',
                  '@click': 'fold(column)',
                },
                '{{ column }} ({{ cards.length }})',
              ),
            ),
            each(
              'cards',
              'row',
              'row.id',
              h(
                'article',
                {},
                h('strong', {}, cell(heading)),
                ...details.map((field) => h('p', {}, `${field.label}: ${cell(field)}`)),
              ),
            ),
            h('small', {}, `{{ ${amount(sum, `sumBy(cards, (row) => row.${sum.name})`)} }}`),
          ),
        ),
      ),
    ],
  }
}
