import type { BuildNotes } from '../plugin/index.ts'
import { bytes, count } from './units.ts'

/**
 * What was shared with other machines, e.g. `shared: 12 packs from main, 3.1 MiB in 4 requests ·
 * pushed 1 pack (120 entries)`.
 */
export function shareLine(share: NonNullable<BuildNotes['share']>): string {
  const { from, pulledPacks, bytesDown, requests, pushedPacks, pushedEntries } = share
  const traffic = `${bytes(bytesDown)} in ${plural(requests, 'request')}`
  const said = [
    pulledPacks > 0 ? `${plural(pulledPacks, 'pack')} from ${from.join(', ')}, ${traffic}` : '',
    pushedPacks > 0
      ? `pushed ${plural(pushedPacks, 'pack')} (${entries(pushedEntries)}) to ${share.scope}`
      : '',
    share.readonly === undefined ? '' : `read-only: ${share.readonly}`,
    share.problem ?? '',
  ].filter(Boolean)
  return `shared: ${said.length > 0 ? said.join(' · ') : `nothing new in ${plural(requests, 'request')}`}`
}

function plural(number: number, word: string): string {
  return `${count(number)} ${word}${number === 1 ? '' : 's'}`
}

function entries(number: number): string {
  return `${count(number)} ${number === 1 ? 'entry' : 'entries'}`
}
