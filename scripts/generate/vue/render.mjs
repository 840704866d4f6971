import { print, use } from '../component/nodes.mjs'
import {
  actions,
  fit,
  importOf,
  indent,
  libraryImports,
  mentions,
  reading,
  sections,
  statement,
  typeImports,
} from '../component/script.mjs'
import { printCss, printSass, rule } from '../component/styles.mjs'
import { dialect } from './markup.mjs'

export const Badge = 'StatusBadge'
export const baseTypes = '../../types/base'
export const importLine = (name) => `import ${name} from './${name}.vue'`

/** The files of one component. */
export function render(random, description) {
  const style = random.pick(['css', 'css', 'scss', 'scss', 'none'])
  const accented = style !== 'none' && random.chance(0.3)
  const split = random.chance(0.15)
  const described = accented ? withAccent(random, description) : description

  const template = printTemplate(described)
  const [shared, setup] = printScripts(described, template.join('\n'), split)
  const text = sections(
    shared.length > 0 ? ['<script lang="ts">', ...shared, '</script>'] : [],
    ['<script setup lang="ts">', ...setup, '</script>'],
    template,
    printStyle(style, described.style),
  ).join('\n')
  return { [`${description.name}.vue`]: `${text}\n` }
}

/** A colour that CSS takes from the script. */
function withAccent(random, description) {
  const color = () =>
    `#${Array.from({ length: 3 }, () => random.integer(40, 190).toString(16)).join('')}`
  const { selector } = description.style[0]
  return {
    ...description,
    derived: [
      ...description.derived,
      { name: 'accent', value: `dense ? '${color()}' : '${color()}'` },
    ],
    style: [...description.style, rule(selector, { 'border-bottom': '2px solid v-bind(accent)' })],
  }
}

function printTemplate({ markup, footer, entity }) {
  const panel = use(
    'PanelFrame',
    { ':title': 'title', ':dense': 'dense', ':hint': `plural(rows.length, '${entity.name}')` },
    markup,
    footer.length > 0 ? { footer } : {},
  )
  return ['<template>', ...print(panel, dialect, 1), '</template>']
}

function printStyle(style, rules) {
  if (style === 'none') return []
  return style === 'css'
    ? ['<style scoped>', ...printCss(rules), '</style>']
    : ['<style scoped lang="scss">', ...printSass(rules, '../../styles/'), '</style>']
}

/** The plain script (empty unless `split`) and the setup script. */
function printScripts(description, template, split) {
  const { entity, constants, helpers, emits, sibling } = description
  const fixed = sections(constants, helpers)
  const logic = printLogic(description)
  const all = [...logic, template].join('\n')
  const props = [
    'title',
    'rows',
    'dense = false',
    ...(mentions(all, 'currency') ? ["currency = 'EUR'"] : []),
    ...(mentions(all, 'limit') ? [`limit = ${description.limit}`] : []),
  ]
  const events = emits.map(({ name, type }) => `${name}: [${type}]`).join('; ')
  const setup = sections(
    split ? [] : fixed,
    [
      `const { ${props.join(', ')} } = defineProps<${entity.type}PanelProps>()`,
      ...(events ? [`const emit = defineEmits<{ ${events} }>()`] : []),
    ],
    logic,
  )

  const imports = (code) => [...libraryImports(code), ...typeImports(code, entity, baseTypes)]
  const used = `${setup.join('\n')}\n${template}`
  const head = [
    ...importOf(used, ['computed', 'ref', 'watch'], 'vue'),
    "import PanelFrame from '../../components/PanelFrame.vue'",
    ...(mentions(template, Badge) ? [`import ${Badge} from '../../components/${Badge}.vue'`] : []),
    ...(sibling ? [importLine(sibling.name)] : []),
    ...imports(used),
  ]
  return [
    split && fixed.length > 0 ? sections(imports(fixed.join('\n')), fixed) : [],
    sections(head, setup),
  ]
}

function printLogic(description) {
  const { state, derived, effects } = description
  const names = new Set([...state, ...derived].map(({ name }) => name))
  const words = {
    read: (name) => (names.has(name) ? `${name}.value` : name),
    set: (name, value) => `${name}.value = ${value}`,
    emit: (name, value) => `emit('${name}', ${value})`,
  }
  return sections(
    state.map(({ name, value, type }) => `const ${name} = ref${type ? `<${type}>` : ''}(${value})`),
    derived.flatMap(({ name, value }) =>
      fit(`const ${name} = computed(() => `, reading(value, words.read), ')'),
    ),
    actions(description, words),
    effects.flatMap(({ reads, body }) => [
      `watch(${reads.length === 1 ? reads[0] : `[${reads.join(', ')}]`}, () => {`,
      ...indent(body.map((text) => statement(text, words))),
      '})',
    ]),
  )
}
