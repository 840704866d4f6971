import { h } from '../component/nodes.mjs'
import { rule } from '../component/styles.mjs'

/** Cuts the list into pages. */
export function pager(random, { list }) {
  const size = random.integer(3, 25)
  return {
    state: [{ name: 'page', value: '1' }],
    derived: [
      { name: 'pages', value: `Math.max(1, Math.ceil(${list}.length / ${size}))` },
      { name: 'current', value: 'Math.min(@page, @pages)' },
      { name: 'pageRows', value: `${list}.slice((@current - 1) * ${size}, @current * ${size})` },
    ],
    list: '@pageRows',
    style: [
      rule(
        '.pager',
        {
          mixin: `row(${random.integer(1, 3)})`,
          'justify-content': random.pick(['center', 'end']),
        },
        [
          rule('button', { padding: 'space(1) space(3)' }, [
            rule('&:disabled', { opacity: `0.${random.integer(3, 6)}` }),
          ]),
        ],
      ),
    ],
    markup: [
      h(
        'nav',
        { class: 'pager', 'aria-label': 'Pages' },
        h(
          'button',
          { type: 'button', ':disabled': '@current === 1', '@click': 'set page: @current - 1' },
          'Back',
        ),
        h('span', {}, '{{ @current }} of {{ @pages }}'),
        h(
          'button',
          {
            type: 'button',
            ':disabled': '@current === @pages',
            '@click': 'set page: @current + 1',
          },
          'Next',
        ),
      ),
    ],
  }
}
