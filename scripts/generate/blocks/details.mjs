import { each, h, icon, use, when } from '../component/nodes.mjs'
import { rule } from '../component/styles.mjs'
import { cell } from './cells.mjs'

const tones = ['neutral', 'good', 'warn', 'bad']

/** One row in full, picked from the list. */
export function details(random, { entity, list, Badge }) {
  const heading = entity.texts[0]
  const choice = random.pick(entity.choices)
  const shown = random.sample(
    entity.fields.filter((field) => field !== heading && field !== choice),
    random.integer(3, 6),
  )
  const flag = random.pick(entity.flags)
  const map = `${choice.name}Tones`

  return {
    constants: [
      `const ${map}: Record<${entity.choiceType(choice)}, Tone> = {`,
      ...choice.values.map((value, index) => `  ${value}: '${tones[index % tones.length]}',`),
      '}',
    ],
    state: [{ name: 'selectedId', value: "''" }],
    derived: [
      { name: 'selected', value: `${list}.find((row) => row.id === @selectedId) ?? ${list}[0]` },
    ],
    style: [
      rule(
        '.details',
        { display: 'grid', 'grid-template-columns': 'auto 1fr', gap: 'space(1) space(4)' },
        [rule('dt', { color: 'tone(neutral)' }), rule('dd', { margin: '0' })],
      ),
      rule('.notice', {
        padding: `space(${random.integer(1, 3)})`,
        'border-radius': `radius(${random.pick(['sm', 'md', 'lg'])})`,
        border: `1px dashed tone(${random.pick(tones)})`,
      }),
    ],
    markup: [
      h(
        'label',
        {},
        heading.label,
        h(
          'select',
          { model: { name: 'selectedId' } },
          h('option', { value: '' }, 'The first'),
          each(list, 'row', 'row.id', h('option', { ':value': 'row.id' }, cell(heading))),
        ),
      ),
      when(
        '@selected',
        h(
          'dl',
          { class: 'details' },
          h('dt', {}, choice.label),
          h(
            'dd',
            {},
            use(Badge, { ':tone': `${map}[@selected.${choice.name}]` }, [
              `{{ @selected.${choice.name} }}`,
            ]),
          ),
          ...shown.flatMap((field) => [
            h('dt', {}, field.label),
            h('dd', {}, cell(field, '@selected')),
          ]),
        ),
        h('p', {}, `There is no ${entity.name} to show.`),
      ),
      when(
        `@selected?.${flag.name}`,
        h(
          'p',
          { class: 'notice' },
          icon('flag'),
          `This ${entity.name} is marked as ${flag.label.toLowerCase()}.`,
        ),
      ),
    ],
  }
}
