import { groupsOf, printIndex } from '../groups.mjs'
import { paragraph, sentence, wrap } from '../prose.mjs'
import { randomFrom } from '../random.mjs'
import { capital, entities, kebab, qualifiers } from '../words.mjs'
import { parts } from './parts.mjs'

const verbs =
  'Adding Archiving Assigning Checking Cleaning Comparing Confirming Copying Counting Exporting Filtering Finding Grouping Importing Labelling Linking Merging Moving Naming Ordering Printing Renaming Restoring Reviewing Sharing Sorting Splitting Syncing Tagging Validating'.split(
    ' ',
  )

/** The articles of the documentation, in sections. Returns texts by path below `src/catalogue`. */
export function articles(size) {
  const files = {}
  const taken = new Set()
  const groups = groupsOf(size).map((group) => ({ ...group, name: `section-${group.number}` }))
  for (const group of groups) {
    const slugs = group.members.map((index) => {
      const article = write(index, taken)
      files[`${group.name}/${article.slug}.mdx`] = article.text
      return article.slug
    })
    files[`${group.name}/index.ts`] = printSection(group, slugs)
  }
  files['index.ts'] = printIndex(groups, { name: 'Section', from: '../pages' })
  return files
}

function write(index, taken) {
  const random = randomFrom('mdx', 'article', index)
  const entity = random.pick(entities)
  const title = titleFor(random, entity, taken)
  const body = [
    [`# ${title}`],
    wrap(paragraph(random, entity, random.integer(2, 4)), 100),
    ...random.sample(parts, random.integer(5, 8)).flatMap((part) => part(random, entity, title)),
  ]
  const text = body.map((lines) => lines.join('\n')).join('\n\n')
  const components = ['Example', 'Since'].filter((name) => text.includes(`<${name}`))
  const front = [
    '---',
    `title: ${title}`,
    `minutes: ${random.integer(2, 12)}`,
    `summary: ${sentence(random, entity)}`,
    '---',
    '',
    ...components.map((name) => `import { ${name} } from '../../components/${name}'`),
    ...(components.length > 0 ? [''] : []),
  ].join('\n')
  return { slug: slugOf(title), text: `${front}\n${text}\n` }
}

function titleFor(random, entity, taken) {
  for (;;) {
    const noun = kebab(entity.name).replace('-', ' ')
    const title = `${random.pick(verbs)} ${random.pick(qualifiers).toLowerCase()} ${noun} records`
    if (taken.has(title)) continue
    taken.add(title)
    return capital(title)
  }
}

const slugOf = (title) => title.toLowerCase().replaceAll(' ', '-')

function printSection(group, slugs) {
  return [
    "import type { Section } from '../../pages'",
    ...slugs.map((slug, index) => `import * as article${index} from './${slug}.mdx'`),
    '',
    'export const group: Section = {',
    `  name: 'Section ${group.index + 1}',`,
    `  articles: [${slugs.map((_, index) => `article${index}`).join(', ')}],`,
    '}',
    '',
  ].join('\n')
}
