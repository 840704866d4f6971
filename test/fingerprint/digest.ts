import { createHash } from 'node:crypto'

/** A stand-in for the digest of `src/key`: refuses what is no plain data, does not care about the order of labels. */
export function digest(value: unknown): string {
  return createHash('sha1').update(stable(value)).digest('hex').slice(0, 12)
}

function stable(value: unknown): string {
  if (typeof value === 'function') throw new TypeError('a function is no plain data')
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`
  if (Array.isArray(value)) return `[${value.map(stable).join()}]`
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' ? JSON.stringify(value) : `${typeof value} ${String(value)}`
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && prototype !== Object.prototype) throw new TypeError('a class instance')
  return `{${Object.entries(value)
    .map(([label, held]) => `${JSON.stringify(label)}:${stable(held)}`)
    .toSorted()
    .join()}}`
}
