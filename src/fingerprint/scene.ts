import type { Inside } from './inspector.ts'
import type { Relocate } from './relocate.ts'
import type { Visibility } from './visible.ts'

/** What the parts of one walk share: how a value gets its place in the tree, and what is known of it. */
export interface Scene {
  /** The plain data that stands for a value; an object's is filled in when its turn comes. */
  place(value: unknown, path: string): unknown
  /** Notes why the tree does not stand for everything. The first reason wins. */
  fail(reason: string): void
  /** For the namespace of a module: the inside of one of its functions. */
  inside(value: object): Inside | undefined
  readonly digest: (value: unknown) => string
  readonly relocate: Relocate
  readonly visibility: Visibility | undefined
  /** Arrow functions whose `this` is the instance that holds them. */
  readonly ownArrows: Set<object>
  /** Was a function of this text made by a method of an opaque object, e.g. by `config.createResolver`? Then its `this` is that object. */
  madeByOpaque(source: string): boolean
  /** Functions whose variables stand at the top of the tree → the labels they have there. */
  readonly hoisted: ReadonlyMap<object, readonly string[]>
}

/** A record of the tree under construction. */
export type Branch = Record<string, unknown>
