import { label } from './words.mjs'

const openings = [
  'Each %s is checked when it arrives',
  'A %s that waits longer than usual is shown first',
  'Numbers are rounded for reading, the stored %s keeps every digit',
  'Whoever owns the %s can change it until the day ends',
  'Only the latest version of a %s counts',
  'Two people may look at one %s at the same time',
  'The list remembers which %s was opened last',
  'Amounts of a %s are shown in the currency of the account',
]

const reasons = [
  'so that nothing is lost when the connection breaks',
  'because the office abroad works in another time zone',
  'and the change is written to the log',
  'unless the filter above hides it',
  'which keeps the totals below correct',
  'while older ones move to the archive after a year',
  'and a second look is asked for above the limit',
  'until somebody confirms it by hand',
]

const advice = [
  'Use %s to narrow the list before you export it.',
  'Sort by %s to find what stands out.',
  'An empty %s means that it was never asked for.',
  'Ask the team before you change %s in bulk.',
  'Changes of %s show up within a minute.',
  'Compare %s with the month before.',
]

/** One sentence about a record type. */
export function sentence(random, entity) {
  return `${random.pick(openings).replace('%s', entity.name)} ${random.pick(reasons)}.`
}

/** One sentence about a field. */
export function hint(random, entity) {
  return random.pick(advice).replace('%s', label(random.pick(entity.fields).name).toLowerCase())
}

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
