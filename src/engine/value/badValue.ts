/** Bytes that are no value of our formats. */
export class BadValue extends Error {
  override readonly name = 'BadValue'
}
