import { type Amount, daysBetween, groupBy, money } from '@house/utils'

export interface Invoice {
  readonly customer: string
  readonly amount: Amount
  readonly due: Date
}

export function overdue(invoices: readonly Invoice[], today: Date): Map<string, string[]> {
  const late = invoices.filter(({ due }) => daysBetween(due, today) > 0)
  const texts = new Map<string, string[]>()
  for (const [customer, theirs] of groupBy(late, ({ customer }) => customer)) {
    texts.set(
      customer,
      theirs.map(({ amount }) => money(amount)),
    )
  }
  return texts
}
