import type { Input } from '../engine/index.ts'
import { bytes, count, seconds, showCalls, type ShownCall } from '../report/index.ts'
import { exitCodes } from './exitCodes.ts'
import { findStore, limitOf } from './store.ts'

export interface ShowArgs {
  readonly about: string
  readonly limit: string
  readonly dir?: string | undefined
  readonly json?: boolean | undefined
}

export async function runShow(args: ShowArgs): Promise<void> {
  const limit = limitOf(args.limit)
  if (limit === undefined) return
  const dir = findStore(args.dir)
  const found = await showCalls(dir, args.about, limit)
  if (args.json) {
    console.log(JSON.stringify(found, undefined, 2))
  } else if (found.length === 0) {
    console.error(`Nothing stored in ${dir} is of ${args.about}.`)
  } else console.log(found.map(describe).join('\n\n'))
  if (found.length === 0) process.exitCode = exitCodes.nothing
}

function describe(call: ShownCall): string {
  const { storedBy, inputs, sharedInputs, value } = call
  const { result, effects = [] } = (value ?? {}) as { result?: unknown; effects?: unknown[][] }
  return [
    `${call.plugin} ${call.hook} ${call.id.replace('<root>/', '')}`,
    `  key       ${call.key}`,
    `  stored    ${new Date(call.createdAt).toISOString()} by build ${call.build}${storedBy ? ` (${storedBy.host}, Node ${storedBy.node})` : ''}`,
    `  computed  in ${seconds(call.computeMs)}`,
    `  used      ${count(call.hits)} times, last ${new Date(call.lastUsed).toISOString()}`,
    ...(call.tags.length > 0 ? [`  tags      ${call.tags.join(', ')}`] : []),
    `  result    ${bytes(call.size)}: ${resultLine(result)}`,
    ...effects.map(([name, ...rest]) => `  effect    ${String(name)} ${shortly(rest[0])}`),
    ...inputs.map((input) => `  input     ${inputLine(input)}`),
    ...sharedInputs.map((input) => `  shared    ${inputLine(input)}`),
  ].join('\n')
}

function resultLine(result: unknown): string {
  if (result === null || result === undefined) return 'nothing'
  if (typeof result !== 'object') return shortly(result)
  return Object.entries(result)
    .map(([field, value]) =>
      typeof value === 'string' ? `${field} (${count(value.length)} characters)` : field,
    )
    .join(', ')
}

function inputLine({ kind, name, value }: Input): string {
  return `${kind} ${name.replace('<root>/', '')} = ${value}`
}

function shortly(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}
