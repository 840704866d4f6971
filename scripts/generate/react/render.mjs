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
import { printCss } from '../component/styles.mjs'
import { capital } from '../words.mjs'
import { createDialect, iconName, setter } from './markup.mjs'

export { emblems as extras } from './emblem.mjs'
export const Badge = 'Badge'
export const baseTypes = '../../types'
// The React Compiler takes more than its share of time on long components.
export const fullness = 0.45
export const importLine = (name) => `import { ${name} } from './${name}'`

// Blocks name icons by what they mean; these are the files of the app.
const iconFiles = {
  chart: 'chart',
  check: 'check',
  clock: 'clock',
  flag: 'flag',
  info: 'star',
  list: 'filter',
  pencil: 'book',
  search: 'search',
}

/** The files of one component. */
export function render(random, description) {
  const { name, style } = description
  const modules = random.chance(0.6)
  const files = { [`${name}.tsx`]: `${printModule(description, modules).join('\n')}\n` }
  if (modules) files[`${name}.module.css`] = `${printCss(style).join('\n')}\n`
  return files
}

function printModule(description, modules) {
  const { name, entity, constants, helpers, emits, sibling } = description
  const markup = printMarkup(description, modules)
  const logic = printLogic(description)
  const all = [...logic, ...markup].join('\n')
  const props = [
    'title',
    'rows',
    'dense = false',
    ...(mentions(all, 'currency') ? ["currency = 'EUR'"] : []),
    ...(mentions(all, 'limit') ? [`limit = ${description.limit}`] : []),
    ...emits.map((event) => `on${capital(event.name)}`),
  ]
  const propsType = emits.length > 0 ? 'Props' : `${entity.type}PanelProps`
  const body = sections(
    emits.length > 0
      ? [
          `interface Props extends ${entity.type}PanelProps {`,
          ...emits.map((event) => `  on${capital(event.name)}?: (${event.type}) => void`),
          '}',
        ]
      : [],
    constants,
    helpers,
    [
      ...fitProps(`export function ${name}(`, props, `: ${propsType}) {`),
      ...indent(sections(logic, ['return (', ...indent(markup), ')'])),
      '}',
    ],
  )

  const used = body.join('\n')
  const icons = Object.entries(iconFiles).filter(([meaning]) => mentions(used, iconName(meaning)))
  const head = [
    ...importOf(used, ['useEffect', 'useState'], 'react'),
    ...(mentions(used, Badge) ? ["import { Badge } from '../../components/Badge'"] : []),
    "import { Panel } from '../../components/Panel'",
    ...icons.map(
      ([meaning, file]) => `import ${iconName(meaning)} from '../../icons/${file}.svg?react'`,
    ),
    `import Emblem from './${entity.name}.svg?react'`,
    ...libraryImports(used),
    ...(sibling ? [importLine(sibling.name)] : []),
    ...(mentions(used, 'styles') ? [`import styles from './${name}.module.css'`] : []),
    ...typeImports(used, entity, baseTypes),
  ]
  return sections(head, body)
}

function fitProps(head, props, tail) {
  const line = `${head}{ ${props.join(', ')} }${tail}`
  return line.length <= 100
    ? [line]
    : [`${head}{`, ...props.map((prop) => `  ${prop},`), `}${tail}`]
}

function printMarkup({ markup, footer, entity }, modules) {
  const panel = use(
    'Panel',
    {
      ':title': 'title',
      ':dense': 'dense',
      ':hint': `plural(rows.length, '${entity.name}')`,
      ':actions': '<Emblem />',
    },
    markup,
    footer.length > 0 ? { footer } : {},
  )
  return print(panel, createDialect(modules), 0)
}

function printLogic(description) {
  const { state, derived, effects } = description
  const words = {
    read: (name) => name,
    set: (name, value) => `${setter(name)}(${value})`,
    emit: (name, value) => `on${capital(name)}?.(${value})`,
  }
  return sections(
    state.map(
      ({ name, value, type }) =>
        `const [${name}, ${setter(name)}] = useState${type ? `<${type}>` : ''}(${value})`,
    ),
    derived.flatMap(({ name, value }) =>
      fit(`const ${name} = `, reading(value, words.read), '', '').filter(Boolean),
    ),
    effects.flatMap(({ reads, body }) => [
      'useEffect(() => {',
      ...indent(body.map((text) => statement(text, words))),
      `}, [${reads.join(', ')}])`,
    ]),
    actions(description, words),
  )
}
