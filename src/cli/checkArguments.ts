import { parseArgs } from 'node:util'
import type { ArgsDef } from 'citty'
import { nearest } from './nearest.ts'

/** What is wrong with the arguments of a command, for its user; nothing when all is well. */
export function checkArguments(given: readonly string[], args: ArgsDef): string | undefined {
  const flags = Object.entries(args).filter(([, { type }]) => type !== 'positional')
  const places = Object.entries(args).filter(([, { type }]) => type === 'positional')
  const options: Record<string, { type: 'boolean' | 'string' }> = {}
  for (const [name, { type, default: fallback }] of flags) {
    options[name] = { type: type === 'boolean' ? type : 'string' }
    // what is so without being asked for has a flag that says no
    if (type === 'boolean' && fallback === true) options[`no-${name}`] = { type }
  }
  const { tokens } = parseArgs({
    args: [...given],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined
    if (!option) return unknownFlag(token.rawName, Object.keys(options))
    if (option.type === 'boolean' && token.value !== undefined)
      return `${token.rawName} takes no value.`
    if (option.type === 'string' && !token.value) return `${token.rawName} needs a value.`
  }
  const positionals = tokens.filter(({ kind }) => kind === 'positional') as { value: string }[]
  const tooMany = positionals[places.length]
  if (tooMany) return `\`${tooMany.value}\` is one argument too many.`
  const missing = places.slice(positionals.length).find(([, { required }]) => required === true)
  return missing && `<${missing[0].toUpperCase()}> is missing.`
}

function unknownFlag(name: string, names: readonly string[]): string {
  const meant = nearest(name.replace(/^-+/, ''), names)
  return `There is no option \`${name}\`.${meant === undefined ? '' : ` Did you mean \`--${meant}\`?`}`
}
