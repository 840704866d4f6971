import { describeDifference } from '../engine/index.ts'
import type { Differing } from '../plugin/index.ts'
import { count } from './units.ts'

/** A few lines: who looks for more finds it in the record. */
const mostLines = 5

/** What a build says of stored outcomes that it withdrew. */
export function differingText(differing: readonly Differing[]): string {
  const lines = differing.slice(0, mostLines).map((each) => `  ${differingLine(each)}`)
  const more = differing.length - lines.length
  const results =
    differing.length === 1 ? '1 stored result is' : `${count(differing.length)} stored results are`
  return [
    `${results} not what the plugin gives now. Withdrawn, and the fresh one used:`,
    ...lines,
    ...(more > 0 ? [`  and ${count(more)} more (npx remember stats --json)`] : []),
  ].join('\n')
}

/** E.g. `vite:vue transform <root>/src/App.vue: result.code at line 12 column 3: "a = 1" → "a = 2"`. */
export function differingLine({ plugin, hook, id, ...difference }: Differing): string {
  // virtual modules begin with a NUL
  const shown = id.replaceAll('\0', '\\0')
  return `${plugin} ${hook} ${shown}: ${describeDifference(difference)}`
}
