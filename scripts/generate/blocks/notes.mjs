import { h, icon } from '../component/nodes.mjs'
import { rule } from '../component/styles.mjs'
import { hints, paragraph, sentence } from '../prose.mjs'

/** Help that does not change. */
export function notes(random, { entity }) {
  const paragraphs = Array.from({ length: random.integer(1, 3) }, () =>
    h('p', {}, paragraph(random, entity, random.integer(2, 3))),
  )
  const points = hints(random, entity, random.integer(2, 4)).map((text) => h('li', {}, text))

  return {
    style: [
      rule('.notes', { 'font-size': `0.${random.integer(85, 95)}rem`, color: 'tone(neutral)' }, [
        rule('summary', { cursor: 'pointer' }),
        rule('p', { 'max-width': `${random.integer(48, 72)}ch` }),
      ]),
    ],
    markup: [
      h(
        'details',
        { class: 'notes' },
        h('summary', {}, icon('info'), sentence(random, entity)),
        ...paragraphs,
        h('ul', {}, ...points),
      ),
    ],
  }
}
