import { parseSync } from 'rolldown/utils'

const begin = '<!-- written by `npm run options` -->'
const end = '<!-- end of what is written -->'

export interface Described {
  readonly name: string
  /** As in the source, without `| undefined`. */
  readonly type: string
  readonly isOptional: boolean
  readonly says: string
  /** Empty where the comment names none. */
  readonly default: string
}

/** The page with what the types say between its marks, a section for each. */
export function withOptions(page: string, sections: Readonly<Record<string, string>>): string {
  const [before, rest] = page.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error(`no marks: ${begin} … ${end}`)
  const written = Object.entries(sections).map(([title, text]) => `## ${title}\n\n${text}`)
  return [before, begin, '\n\n', written.join('\n\n'), '\n\n', end, after].join('')
}

/** A section: a short table, and then each option in full. */
export function sectionOf(options: readonly Described[]): string {
  return options.map(described).join('\n\n')
}

function described({ name, type, isOptional, says, default: standard }: Described): string {
  const must = isOptional ? '' : ' · required'
  const otherwise = standard ? ` · default ${code(standard)}` : ''
  return `### \`${name}\`\n\n\`${type}\`${must}${otherwise}\n\n${says}`
}

/** `2147483648 (2 GiB)` → code and words apart; words by themselves stay words. */
function code(standard: string): string {
  const [, value, words] = /^(\S+|\[[^\]]*\]|'[^']*')(?: (\(.*\)))?$/.exec(standard) ?? []
  if (value === undefined) return standard
  return words ? `\`${value}\` ${words}` : `\`${value}\``
}

/** The members of an interface with their doc comments. */
export function describeInterface(source: string, wanted: string): Described[] {
  const { program, comments } = parseSync('options.ts', source)
  const declarations = (program.body as unknown as readonly Statement[]).map(
    (statement) => statement.declaration ?? statement,
  )
  const found = declarations.find(
    ({ type, id }) => type === 'TSInterfaceDeclaration' && id?.name === wanted,
  )
  if (!found?.body) throw new Error(`there is no interface ${wanted}`)
  return found.body.body.map((member) => {
    const comment = comments.findLast(({ end: last }) => last <= member.start)
    const between = comment && source.slice(comment.end, member.start).trim()
    if (!comment || between !== '') throw new Error(`${wanted}.${member.key.name} has no comment`)
    const { says, standard } = readComment(comment.value)
    const { start, end: last } = member.typeAnnotation!.typeAnnotation
    return {
      name: member.key.name,
      type: source.slice(start, last).replaceAll(/\s+/g, ' ').replace(' | undefined', ''),
      isOptional: member.optional === true,
      says,
      default: standard,
    }
  })
}

function readComment(value: string): { says: string; standard: string } {
  const text = value
    .replace(/^\*/, '')
    .replaceAll(/^ *\* ?/gm, '')
    .trim()
  const [says = '', standard = ''] = text.split(/\s*@default /)
  return { says: says.replaceAll(/\n(?!\n)/g, ' ').trim(), standard: standard.trim() }
}

/** The fields of the syntax tree that are read here. */
interface Statement {
  readonly type: string
  readonly id?: { readonly name: string } | null
  readonly declaration?: Statement | null
  readonly body?: { readonly body: readonly Member[] }
}

interface Member {
  readonly start: number
  readonly optional?: boolean
  readonly key: { readonly name: string }
  readonly typeAnnotation?: {
    readonly typeAnnotation: { readonly start: number; readonly end: number }
  }
}
