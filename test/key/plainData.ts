import fc from 'fast-check'

/** Any 16-bit unit: texts with lone surrogates too. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', '1', ',', ''), maxLength: 3 }),
  fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }),
  fc.string({ unit: 'binary', maxLength: 80 }),
)

const leaf: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, true, false, 0, -0, 1, '1', 1n, '', Number.NaN),
  anyText,
  fc.double(),
  fc.integer(),
  fc.bigInt(),
  fc.date({ noInvalidDate: false }),
  fc.constantFrom(/a/, /a/g, /b/),
  fc.uint8Array({ maxLength: 4 }),
  fc.uint16Array({ maxLength: 2 }),
  fc.float64Array({ maxLength: 2, noNaN: true }),
)

/** Plain data of every kind a key may hold. Small values are likely, so that pairs of them often are equal. */
export const plainData: fc.Arbitrary<unknown> = fc.letrec<{ data: unknown }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 4, arbitrary: leaf },
    { weight: 1, arbitrary: fc.array(tie('data'), { maxLength: 3 }) },
    {
      weight: 1,
      arbitrary: fc.array(tie('data'), { maxLength: 3 }).map((items) => new Set(items)),
    },
    {
      weight: 1,
      arbitrary: fc
        .array(fc.tuple(tie('data'), tie('data')), { maxLength: 3 })
        .map((entries) => new Map(entries)),
    },
    {
      weight: 1,
      arbitrary: fc.dictionary(anyText, tie('data'), { maxKeys: 3, noNullPrototype: true }),
    },
  ),
})).data

/** A deep copy with labels, Map entries and Set items added in an order that `choices` decides. */
export function sameDataInAnotherOrder(value: unknown, choices: Iterator<number>): unknown {
  const copy = (item: unknown): unknown => sameDataInAnotherOrder(item, choices)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copy)
  if (value instanceof Set) return new Set(shuffled([...value].map(copy), choices))
  if (value instanceof Map) {
    return new Map(
      shuffled(
        [...value].map(([key, held]) => [copy(key), copy(held)] as const),
        choices,
      ),
    )
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return structuredClone(value)
  const made = {}
  for (const [label, held] of shuffled(Object.entries(value), choices)) {
    Object.defineProperty(made, label, {
      value: copy(held),
      configurable: true,
      enumerable: true,
      writable: true,
    })
  }
  return made
}

function shuffled<T>(items: readonly T[], choices: Iterator<number>): T[] {
  const left = items.slice()
  const made: T[] = []
  while (left.length > 0) made.push(...left.splice(choices.next().value % left.length, 1))
  return made
}
