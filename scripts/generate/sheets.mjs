import { describe } from './component/describe.mjs'
import { printNested, printSass, rule } from './component/styles.mjs'
import { groupsOf, printIndex } from './groups.mjs'
import { paragraph } from './prose.mjs'
import { randomFrom } from './random.mjs'
import { entities, kebab } from './words.mjs'

// How a piece is styled: the file's ending and how its rules are printed.
const languages = [
  { ending: '.scss', print: (rules) => printSass(rules, '') },
  { ending: '.scss', print: (rules) => printSass(rules, '') },
  { ending: '.less', print: printLess },
  { ending: '.css', print: printNested },
  { ending: '.module.css', print: printNested },
]

/** Pieces of a style guide, each a style sheet and a function that draws it. Texts by path below `src/catalogue`. */
export function sheets(size) {
  const files = {}
  const taken = new Set()
  const groups = groupsOf(size).map((group) => ({ ...group, name: `shelf-${group.number}` }))
  for (const group of groups) {
    const names = group.members.map((index) => addPiece(index, group, taken, files))
    files[`${group.name}/index.js`] = printShelf(group, names)
  }
  files['index.js'] = printIndex(groups)
  return files
}

function addPiece(index, group, taken, files) {
  const random = randomFrom('css', 'piece', index)
  const entity = random.pick(entities)
  const description = describe(random, { entity, siblings: [], taken, Badge: 'Badge' })
  const name = kebab(description.name)
  const { ending, print } = random.pick(languages)
  const module = ending === '.module.css'
  const own = module ? 'piece' : name
  const rules = [rule(`.${own}`, frame(random), description.style)]

  files[`${group.name}/${name}${ending}`] = `${print(rules).join('\n')}\n`
  files[`${group.name}/${name}.js`] = printPiece(random, description, { name, ending, module, own })
  return name
}

function frame(random) {
  const asset = random.pick(['dot.svg', 'dot.svg', 'texture.png', 'hills.svg'])
  return {
    'user-select': random.pick(['none', 'text', 'all']),
    'margin-block': `space(${random.integer(1, 8)})`,
    background: `url('../../assets/${asset}') ${random.pick(['left', 'right'])} top no-repeat`,
  }
}

function printLess(rules) {
  return [
    "@import '../../less/variables';",
    '',
    ...printNested(rules),
    '',
    `${rules[0].selector}-raised {`,
    '  .lifted(4);',
    '  border-radius: @panel-radius;',
    '}',
  ]
}

function printPiece(random, { style, entity }, { name, ending, module, own }) {
  const classes = style.map(({ selector }) => selector.slice(1))
  const attribute = (className) => (module ? `\${styles.${className}}` : className)
  return [
    module ? `import styles from './${name}${ending}'` : `import './${name}${ending}'`,
    '',
    `export const name = '${name}'`,
    '',
    'export function render() {',
    '  return `',
    `    <section class="${attribute(own)}">`,
    `      <h2>${entity.fields[0].label}</h2>`,
    ...classes.map(
      (className) =>
        `      <div class="${attribute(className)}"><p>${paragraph(random, entity, 1)}</p></div>`,
    ),
    '    </section>',
    '  `',
    '}',
    '',
  ].join('\n')
}

function printShelf(group, names) {
  return [
    ...names.map((name, index) => `import * as piece${index} from './${name}'`),
    '',
    'export const group = {',
    `  name: '${group.name}',`,
    `  pieces: [${names.map((_, index) => `piece${index}`).join(', ')}],`,
    '}',
    '',
  ].join('\n')
}
