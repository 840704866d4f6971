/** The one error of this package: thrown for misuse only, never for the state of a store. */
export class RememberError extends Error {
  /** Names what went wrong, e.g. `NOT_NAMED_PARTS`; compare this, never the message. */
  readonly code: string

  constructor(code: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'RememberError'
    this.code = code
  }
}

/** Something other than a plain object where labelled data belongs. */
export function notNamedParts(where: string, got: string): RememberError {
  return new RememberError(
    'NOT_NAMED_PARTS',
    `\`${where}\` must be a plain object of labelled data, got ${got}. Write { locale: 'en' } instead of ['en'].`,
  )
}

/** A value that has no canonical form, and where it is. */
export function notPlainData(path: string, got: string): RememberError {
  return new RememberError(
    'NOT_PLAIN_DATA',
    `\`${path}\` is ${got}, which can't join a key. Pass plain data that stands for it.`,
  )
}

/** A value that contains itself. */
export function cyclicData(path: string): RememberError {
  return new RememberError(
    'CYCLIC_DATA',
    `\`${path}\` leads back to an object that contains it. Pass plain data without cycles.`,
  )
}

/** Data nested deeper than the encoder follows. */
export function tooDeep(path: string, limit: number): RememberError {
  return new RememberError(
    'TOO_DEEP',
    `\`${path}\` is nested more than ${limit} levels deep. Pass flatter data.`,
  )
}

/** A field of a request that has the wrong type. */
export function badRequest(field: string, expected: string, got: string): RememberError {
  return new RememberError('BAD_REQUEST', `\`${field}\` must be ${expected}, got ${got}.`)
}
