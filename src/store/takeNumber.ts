import type { Context } from './context.ts'
import { buildOrderRecord, type OrderRecord } from './order.ts'
import { publishExclusive } from './publish.ts'
import type { View } from './view.ts'

/** The number that was taken, or that a compaction came first. */
export type Taken = { readonly number: number } | 'overtaken'

/**
 * Takes the next free number for what `make` gives. Each number that another
 * writer took first is loaded into the view before the next one is tried, so
 * that on return the view holds all that comes before. `make` is asked again
 * for every try: a checkpoint must list what came meanwhile. It gives up by undefined.
 *
 * @param checkpoint the one that the caller's decisions rest on
 * @throws the system's error when nothing can be written
 */
export async function takeNumber(
  context: Context,
  view: View,
  checkpoint: number,
  make: () => OrderRecord | Promise<OrderRecord | undefined>,
): Promise<Taken> {
  for (let failures = 0; ;) {
    if (view.order.checkpoint !== checkpoint) return 'overtaken'
    const record = await make()
    if (record === undefined) return 'overtaken'
    const { next } = view.order
    if (
      await publishExclusive(
        context,
        context.layout.slot(next),
        buildOrderRecord(record, context.hasher),
      )
    ) {
      return { number: next }
    }
    view.refresh(false)
    const own = record.kind === 'base' ? undefined : ownNumber(view, record.packs[0]!.sha)
    if (own !== undefined) return { number: own }
    // A taken number that a listing does not show: seen on network file systems for a moment.
    if (view.order.next === next && ++failures > 100) {
      throw Object.assign(new Error(`No number can be taken in ${context.layout.order}`), {
        code: 'EBUSY',
      })
    }
  }
}

/** A compaction may have given our pack a number, or our own link was reported as failed. */
function ownNumber(view: View, sha: string): number | undefined {
  return view.order.ranked.find((ranked) => ranked.sha === sha)?.rank
}
