import { label } from './words.mjs'

const openings = [
  'Every %s is checked when it arrives',
  'What waits longer than usual is shown first',
  'Numbers are rounded for reading, the stored %s keeps every digit',
  'Whoever owns the %s can change it',
  'Only the latest version of the %s counts',
  'Two people may look at the same %s',
  'The list remembers which %s was opened last',
  'Amounts are shown the way the account wants them',
  'A copy of the %s is kept for the auditors',
  'The %s gets its number from the office that opened it',
  'Drafts are hidden from everybody else',
  'Times follow the clock of the main office',
]

const reasons = [
  'so that nothing is lost when the connection breaks',
  'even when the office abroad is asleep',
  'and each change is written to the log',
  'unless the filter above says otherwise',
  'which keeps the totals correct',
  'until the month is closed',
  'as long as nobody has confirmed it by hand',
  'although the old export does it differently',
  'because the law asks for it',
  'once the second check has passed',
  'and the partner is told the same evening',
  'while the archive is being rebuilt',
]

const advice = [
  'Use “%s” to narrow the list before you export it.',
  'Sort by “%s” to find what stands out.',
  'When “%s” is empty, nobody was asked for it.',
  'Ask the team before you change “%s” in bulk.',
  'A new “%s” shows up within a minute.',
  'Compare “%s” with the month before.',
  'The column “%s” can be hidden in the settings.',
  'A wrong “%s” is the most common mistake.',
  'Fill in “%s” last, it depends on the others.',
  'The old system had no “%s”, so it may be missing before 2019.',
  'Only managers can correct “%s” afterwards.',
  'Keep “%s” short, it is printed on the label.',
]

/** One sentence about a record type. */
export function sentence(random, entity) {
  return `${random.pick(openings).replace('%s', entity.name)} ${random.pick(reasons)}.`
}

/** As many different pieces of advice about its fields. */
export function hints(random, entity, count) {
  return random
    .shuffle(advice)
    .slice(0, count)
    .map((text) => text.replace('%s', label(random.pick(entity.fields).name).toLowerCase()))
}

export const hint = (random, entity) => hints(random, entity, 1)[0]

export function paragraph(random, entity, sentences = 3) {
  return Array.from({ length: sentences }, (_, index) =>
    index % 2 === 0 ? sentence(random, entity) : hint(random, entity),
  ).join(' ')
}

/** Breaks text into lines that fit. */
export function wrap(text, width) {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    if (line && line.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = line ? `${line} ${word}` : word
  }
  return lines
}
