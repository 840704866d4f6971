/** True for null, texts, numbers, booleans, and arrays and plain objects of these. */
export function isPlain(value: unknown): boolean {
  if (value === null) return true
  if (Array.isArray(value)) return value.every(isPlain)
  if (typeof value === 'object') {
    return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain)
  }
  return ['string', 'number', 'boolean'].includes(typeof value)
}
