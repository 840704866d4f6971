import { describeDifference } from '../engine/index.ts'
import type { BuildNotes, Differing } from '../plugin/index.ts'
import { count } from './summary.ts'

/** A few lines: who looks for more finds it in the record. */
const mostLines = 5

/** What a build says of stored outcomes that it withdrew; nothing when there were none. */
export function differingText({
  differing = [],
  differingCount = 0,
}: BuildNotes): string | undefined {
  if (differingCount === 0) return undefined
  const lines = differing.slice(0, mostLines).map((each) => `  ${differingLine(each)}`)
  const more = differingCount - lines.length
  const calls =
    differingCount === 1 ? '1 stored result is' : `${count(differingCount)} stored results are`
  return [
    `${calls} not what the plugin gives now. Withdrawn, and the fresh one used:`,
    ...lines,
    ...(more > 0 ? [`  and ${count(more)} more (npx remember stats --json)`] : []),
  ].join('\n')
}

/** E.g. `vite:vue transform <root>/src/App.vue: result.code at line 12 column 3: "a = 1" → "a = 2"`. */
export function differingLine({ plugin, hook, id, ...difference }: Differing): string {
  return `${plugin} ${hook} ${id}: ${describeDifference(difference)}`
}
