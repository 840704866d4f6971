import { each, h, icon, when } from '../component/nodes.mjs'
import { rule } from '../component/styles.mjs'
import { amount, cell } from './cells.mjs'

/** Rows to pick from, and what was picked. */
export function checklist(random, { entity, list }) {
  const heading = random.pick(entity.texts)
  const number = random.pick(entity.numbers)
  const date = random.pick(entity.dates)
  const verb = random.pick(['Export', 'Archive', 'Confirm', 'Forward', 'Print'])

  return {
    emits: [{ name: 'pick', type: 'ids: string[]' }],
    state: [{ name: 'picked', value: '[]', type: 'string[]' }],
    derived: [
      { name: 'pickedRows', value: `${list}.filter((row) => @picked.includes(row.id))` },
      { name: 'pickedTotal', value: `sumBy(@pickedRows, (row) => row.${number.name})` },
      { name: 'allPicked', value: `${list}.length > 0 && @pickedRows.length === ${list}.length` },
    ],
    actions: [
      {
        name: 'toggle',
        parameters: 'id: string',
        body: [
          'set picked: @picked.includes(id) ? @picked.filter((other) => other !== id) : [...@picked, id]',
        ],
      },
      {
        name: 'toggleAll',
        body: [`set picked: @allPicked ? [] : ${list}.map((row) => row.id)`],
      },
      {
        name: 'finish',
        body: ['emit pick: @picked', 'set picked: []'],
      },
    ],
    style: [
      rule('.checklist', { mixin: `stack(${random.integer(1, 2)})`, margin: '0', padding: '0' }, [
        rule('li', { display: 'flex', gap: 'space(2)' }, [
          rule('&:nth-child(odd)', { background: `rgb(0 0 0 / ${random.integer(2, 5)}%)` }),
        ]),
        rule('.picked', { 'font-weight': '600' }),
      ]),
    ],
    markup: [
      h(
        'label',
        {},
        h('input', { type: 'checkbox', ':checked': '@allPicked', '@change': 'toggleAll' }),
        'Pick all',
      ),
      h(
        'ul',
        { class: 'checklist' },
        each(
          list,
          'row',
          'row.id',
          h(
            'li',
            { '.picked': '@picked.includes(row.id)' },
            h(
              'label',
              {},
              h('input', {
                type: 'checkbox',
                ':checked': '@picked.includes(row.id)',
                '@change': 'toggle(row.id)',
              }),
              cell(heading),
            ),
            h('small', {}, `${date.label} ${cell(date)}`),
          ),
        ),
      ),
      when(
        '@picked.length > 0',
        h(
          'button',
          { type: 'button', '@click': 'finish' },
          icon('check'),
          `${verb} {{ plural(@picked.length, '${entity.name}') }}`,
        ),
      ),
    ],
    footer: [h('span', {}, `${number.label} picked: {{ ${amount(number, '@pickedTotal')} }}`)],
  }
}
