/** Labelled plain data: the only shape of context on every surface. */
export type NamedParts = Readonly<Record<string, unknown>>

declare const brand: unique symbol

/** 128 bits as 32 hexadecimal digits: two XXH64 with different seeds. */
export type Digest = string & { readonly [brand]: 'Digest' | 'KeyDigest' }

/** The digest that names a remembered result. */
export type KeyDigest = Digest & { readonly [brand]: 'KeyDigest' }
