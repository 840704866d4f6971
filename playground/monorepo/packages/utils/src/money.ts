export interface Amount {
  readonly cents: number
  readonly currency: 'EUR' | 'USD'
}

export function money({ cents, currency }: Amount, locale: string = 'en'): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(cents / 100)
}

/** Of amounts in one currency; nothing for an empty list. */
export function sum(amounts: readonly Amount[]): Amount | undefined {
  const [first, ...rest] = amounts
  return first && rest.reduce((all, { cents }) => ({ ...all, cents: all.cents + cents }), first)
}
