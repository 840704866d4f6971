import { each, h, icon, when } from '../component/nodes.mjs'
import { rule } from '../component/styles.mjs'
import { amount, cell } from './cells.mjs'

/** A sortable table with a total. */
export function table(random, { entity, list }) {
  const first = entity.texts[0]
  const others = entity.fields.filter((field) => field !== first)
  const columns = [first, ...random.sample(others, random.integer(2, 5))]
  const total = columns.find((field) => field.type === 'money' || field.type === 'number')
  const marked = random.pick(entity.flags)
  const keyType = columns.map((field) => `'${field.name}'`).join(' | ')
  const ascending = random.chance(0.7)

  return {
    state: [
      { name: 'sortKey', value: `'${random.pick(columns).name}'`, type: keyType },
      { name: 'ascending', value: String(ascending) },
    ],
    derived: [
      { name: 'sorted', value: `orderBy(${list}, (row) => row[@sortKey], @ascending)` },
      ...(total
        ? [{ name: 'columnTotal', value: `sumBy(${list}, (row) => row.${total.name})` }]
        : []),
    ],
    actions: [
      {
        name: 'sortBy',
        parameters: `key: ${keyType}`,
        body: [`set ascending: key === @sortKey ? !@ascending : ${ascending}`, 'set sortKey: key'],
      },
    ],
    style: [
      rule('.table', { width: '100%', 'border-collapse': 'collapse' }, [
        rule('th', {
          padding: 'space(2)',
          'text-align': 'left',
          'border-bottom': '2px solid line',
        }),
        rule('td', {
          padding: `space(${random.integer(1, 3)}) space(2)`,
          'border-bottom': '1px solid line',
        }),
        rule('.marked', { color: `tone(${random.pick(['good', 'warn', 'bad'])})` }),
        rule('button', { border: '0', background: 'none', font: 'inherit' }, [
          rule('&:hover', { 'text-decoration': 'underline' }),
        ]),
      ]),
    ],
    markup: [
      h(
        'table',
        { class: 'table' },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            ...columns.map((field) =>
              h(
                'th',
                { scope: 'col' },
                h('button', { type: 'button', '@click': `sortBy('${field.name}')` }, field.label),
                ...(field === total ? [icon('chart')] : []),
              ),
            ),
          ),
        ),
        h(
          'tbody',
          {},
          each(
            '@sorted',
            'row',
            'row.id',
            h(
              'tr',
              { '.marked': `row.${marked.name}` },
              ...columns.map((field) => h('td', {}, cell(field))),
            ),
          ),
          when(
            '@sorted.length === 0',
            h(
              'tr',
              {},
              h('td', { ':colspan': String(columns.length) }, `No ${entity.name} found.`),
            ),
          ),
        ),
      ),
    ],
    footer: total
      ? [h('strong', {}, `${total.label} in total: {{ ${amount(total, '@columnTotal')} }}`)]
      : [],
  }
}
