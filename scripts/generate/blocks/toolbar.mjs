import { each, h, icon, when } from '../component/nodes.mjs'
import { rule } from '../component/styles.mjs'
import { capital, label } from '../words.mjs'

/** Search, one filter and perhaps a switch: narrows the list. */
export function toolbar(random, { entity, list }) {
  const texts = random.sample(entity.texts, random.integer(1, 2))
  const choice = random.pick(entity.choices)
  const filter = `${choice.name}Filter`
  const flag = random.chance(0.5) ? random.pick(entity.flags) : undefined
  const only = flag && `only${capital(flag.name)}`
  const type = `${entity.choiceType(choice)} | 'all'`

  const tests = [
    `matches(@query, ${texts.map((field) => `row.${field.name}`).join(', ')})`,
    `(@${filter} === 'all' || row.${choice.name} === @${filter})`,
    ...(flag ? [`(!@${only} || row.${flag.name})`] : []),
  ]

  return {
    state: [
      { name: 'query', value: "''" },
      { name: filter, value: "'all'", type },
      ...(flag ? [{ name: only, value: 'false' }] : []),
    ],
    constants: [
      `const ${choice.name}Options: readonly (${type})[] = [${["'all'", ...choice.values.map((one) => `'${one}'`)].join(', ')}]`,
    ],
    derived: [
      {
        name: 'visible',
        value: `${list}.filter(\n  (row) =>\n    ${tests.join(' &&\n    ')},\n)`,
      },
    ],
    actions: [
      {
        name: 'reset',
        body: ["set query: ''", `set ${filter}: 'all'`, ...(flag ? [`set ${only}: false`] : [])],
      },
    ],
    effects: random.chance(0.3)
      ? [{ reads: ['query'], body: [`sessionStorage.setItem('${entity.name}-query', @query)`] }]
      : [],
    list: '@visible',
    style: [
      rule('.toolbar', { mixin: `row(${random.integer(2, 4)})`, padding: 'space(2) 0' }, [
        rule('label', { display: 'inline-flex', gap: 'space(1)' }),
        rule('.count', { 'margin-left': 'auto', color: 'tone(neutral)' }),
        rule('@media (max-width: 40rem)', { 'flex-direction': 'column' }),
      ]),
    ],
    markup: [
      h(
        'div',
        { class: 'toolbar', role: 'search' },
        h(
          'label',
          {},
          icon('search'),
          `Find ${entity.name}`,
          h('input', {
            type: 'search',
            placeholder: texts.map((field) => label(field.name)).join(' or '),
            model: { name: 'query' },
          }),
        ),
        h(
          'label',
          {},
          choice.label,
          h(
            'select',
            { model: { name: filter, type } },
            each(`${choice.name}Options`, 'option', 'option', h('option', {}, '{{ option }}')),
          ),
        ),
        ...(flag
          ? [
              h(
                'label',
                {},
                h('input', { type: 'checkbox', model: { name: only, kind: 'flag' } }),
                `Only ${flag.label.toLowerCase()}`,
              ),
            ]
          : []),
        when(
          "@query !== ''",
          h('button', { type: 'button', '@click': 'reset' }, 'Show all'),
          h('span', { class: 'count' }, `{{ plural(@visible.length, '${entity.name}') }}`),
        ),
      ),
    ],
  }
}
