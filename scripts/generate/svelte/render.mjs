import { print, use } from '../component/nodes.mjs'
import {
  actions,
  fit,
  indent,
  libraryImports,
  mentions,
  reading,
  sections,
  statement,
  typeImports,
} from '../component/script.mjs'
import { printCss, printSass } from '../component/styles.mjs'
import { dialect, iconName } from './markup.mjs'

export const Badge = 'Badge'
export const baseTypes = '../../types/base'
export const importLine = (name) => `import ${name} from './${name}.svelte'`

// Blocks name icons by what they mean; these are their names in the set.
const iconNames = {
  chart: 'chart-column',
  check: 'circle-check',
  clock: 'clock',
  flag: 'flag',
  info: 'info',
  list: 'layers',
  pencil: 'pencil',
  search: 'search',
}

/** The files of one component. */
export function render(random, description) {
  const style = random.pick(['css', 'css', 'scss', 'scss', 'none'])
  const markup = printMarkup(description)
  const text = sections(
    ['<script lang="ts">', ...indent(printScript(description, markup.join('\n'))), '</script>'],
    markup,
    printStyle(style, description.style),
  ).join('\n')
  return { [`${description.name}.svelte`]: `${text}\n` }
}

function printMarkup({ markup, footer, entity }) {
  const panel = use(
    'Panel',
    { ':title': 'title', ':dense': 'dense', ':hint': `plural(rows.length, '${entity.name}')` },
    markup,
    footer.length > 0 ? { footer } : {},
  )
  return print(panel, dialect, 0)
}

function printStyle(style, rules) {
  if (style === 'none') return []
  return style === 'css'
    ? ['<style>', ...indent(printCss(rules)), '</style>']
    : ['<style lang="scss">', ...indent(printSass(rules, '../../styles/')), '</style>']
}

function printScript(description, markup) {
  const { entity, constants, helpers, emits, sibling } = description
  const logic = printLogic(description)
  const all = `${logic.join('\n')}\n${markup}`
  const props = [
    'title',
    'rows',
    'dense = false',
    ...(mentions(all, 'currency') ? ["currency = 'EUR'"] : []),
    ...(mentions(all, 'limit') ? [`limit = ${description.limit}`] : []),
    ...emits.map(({ name }) => `on${name}`),
  ]
  const type = emits.length > 0 ? 'Props' : `${entity.type}PanelProps`
  const body = sections(
    emits.length > 0
      ? [
          `interface Props extends ${entity.type}PanelProps {`,
          ...emits.map((event) => `  on${event.name}?: (${event.type}) => void`),
          '}',
        ]
      : [],
    constants,
    helpers,
    [`let { ${props.join(', ')} }: ${type} = $props()`],
    logic,
  )

  const used = `${body.join('\n')}\n${markup}`
  const icons = Object.entries(iconNames).filter(([meaning]) => mentions(markup, iconName(meaning)))
  const head = [
    ...icons.map(([meaning, name]) => `import ${iconName(meaning)} from '~icons/lucide/${name}'`),
    ...(mentions(markup, Badge) ? ["import Badge from '../../components/Badge.svelte'"] : []),
    "import Panel from '../../components/Panel.svelte'",
    ...libraryImports(used),
    ...(sibling ? [importLine(sibling.name)] : []),
    ...typeImports(used, entity, baseTypes),
  ]
  return sections(head, body)
}

function printLogic(description) {
  const { state, derived, effects } = description
  const words = {
    read: (name) => name,
    set: (name, value) => `${name} = ${value}`,
    emit: (name, value) => `on${name}?.(${value})`,
  }
  return sections(
    state.map(
      ({ name, value, type }) => `let ${name} = $state${type ? `<${type}>` : ''}(${value})`,
    ),
    derived.flatMap(({ name, value }) =>
      fit(`const ${name} = $derived(`, reading(value, words.read), ')'),
    ),
    effects.flatMap(({ body }) => [
      '$effect(() => {',
      ...indent(body.map((text) => statement(text, words))),
      '})',
    ]),
    actions(description, words),
  )
}
