import type { Inspector } from './inspector.ts'

export interface WalkOptions {
  /** Canonical digest of plain data: typed, order-free over labels. */
  readonly digest: (value: unknown) => string
  /** Absolute path of the workspace; becomes `<root>` in every text, so that another checkout reads the same. */
  readonly root: string
  /** Without one, functions can't be read and make the result `unreadable`. */
  readonly inspector: Inspector | undefined
  /** Objects that have a view of their own (resolved config, server, environment) → the label put in their place. */
  readonly opaque?: ReadonlyMap<object, string> | undefined
  /** Gives the original of a function that was swapped, and every other function as it is. */
  readonly original?: ((fn: object) => object) | undefined
  /** Promises and weak maps are looked into: nobody knows that no options are in there. */
  readonly hidden?: boolean | undefined
  readonly limits?: Partial<Limits> | undefined
}

export interface Limits {
  /** Objects and functions entered. @default 5_000 */
  readonly objects: number
  /** Steps from the root. @default 64 */
  readonly depth: number
  /** Milliseconds of CPU; a stop for what the other bounds did not foresee. @default 5_000 */
  readonly ms: number
}

export const LIMITS: Limits = { objects: 5_000, depth: 64, ms: 5_000 }
