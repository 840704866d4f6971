import { each, h, icon, when } from '../component/nodes.mjs'
import { rule } from '../component/styles.mjs'
import { blank } from '../records.mjs'

const inputTypes = {
  text: 'text',
  money: 'number',
  number: 'number',
  date: 'date',
  flag: 'checkbox',
}

/** A draft of a new row, checked before it is handed on. */
export function form(random, { entity }) {
  const required = entity.texts[0]
  const number = random.pick(entity.numbers)
  const limit = random.integer(2, 90) * 50
  const others = entity.fields.filter((field) => field !== required && field !== number)
  const inputs = [required, number, ...random.sample(others, random.integer(2, 4))]

  return {
    emits: [{ name: 'save', type: `draft: ${entity.type}Draft` }],
    constants: [
      `const empty: ${entity.type}Draft = {`,
      ...entity.fields.map((field) => `  ${field.name}: ${blank(field)},`),
      '}',
    ],
    helpers: [
      `function problemsOf(draft: ${entity.type}Draft): string[] {`,
      '  const found: string[] = []',
      `  if (draft.${required.name}.trim() === '') found.push('${required.label} is missing')`,
      `  if (draft.${number.name} < 0) found.push('${number.label} must not be negative')`,
      `  if (draft.${number.name} > ${limit}) found.push('${number.label} is more than ${limit}')`,
      '  return found',
      '}',
    ],
    state: [
      { name: 'draft', value: '{ ...empty }', type: `${entity.type}Draft` },
      { name: 'tried', value: 'false' },
    ],
    derived: [{ name: 'problems', value: '@tried ? problemsOf(@draft) : []' }],
    actions: [
      {
        name: 'submit',
        body: [
          'set tried: true',
          'if (problemsOf(@draft).length > 0) return',
          'emit save: { ...@draft }',
          'set draft: { ...empty }',
          'set tried: false',
        ],
      },
    ],
    style: [
      rule(
        '.form',
        {
          display: 'grid',
          gap: `space(${random.integer(2, 4)})`,
          'max-width': `${random.integer(22, 34)}rem`,
        },
        [
          rule('label', {
            display: 'grid',
            'grid-template-columns': `${random.integer(8, 12)}rem 1fr`,
          }),
          rule('.problems', { color: 'tone(bad)', margin: '0' }),
          rule('button', { 'justify-self': 'start' }),
        ],
      ),
    ],
    markup: [
      h(
        'form',
        { class: 'form', '@submit': 'submit' },
        ...inputs.map((field) => h('label', {}, field.label, input(entity, field))),
        when(
          '@problems.length > 0',
          h(
            'ul',
            { class: 'problems', role: 'alert' },
            each('@problems', 'problem', 'problem', h('li', {}, '{{ problem }}')),
          ),
        ),
        h('button', { type: 'submit' }, icon('pencil'), `Save ${entity.name}`),
      ),
    ],
  }
}

function input(entity, field) {
  const model = { name: 'draft', field: field.name, kind: kindOf(field) }
  if (field.type !== 'choice') return h('input', { type: inputTypes[field.type], model })
  return h(
    'select',
    { model: { ...model, type: entity.choiceType(field) } },
    ...field.values.map((value) => h('option', {}, value)),
  )
}

function kindOf(field) {
  if (field.type === 'flag') return 'flag'
  return field.type === 'money' || field.type === 'number' ? 'number' : 'text'
}
