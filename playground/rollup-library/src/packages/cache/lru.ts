import { invariant } from '../../shared/errors'

export class LruCache<K, V> implements Iterable<[K, V]> {
  readonly #items = new Map<K, V>()
  readonly #limit: number
  #hits = 0
  #misses = 0

  constructor(limit: number) {
    invariant(limit > 0, 'bad_limit', `The limit must be positive, not ${limit}`)
    this.#limit = limit
  }

  get(key: K): V | undefined {
    if (!this.#items.has(key)) {
      this.#misses++
      return undefined
    }
    this.#hits++
    const value = this.#items.get(key)!
    this.#items.delete(key)
    this.#items.set(key, value)
    return value
  }

  set(key: K, value: V): this {
    this.#items.delete(key)
    this.#items.set(key, value)
    if (this.#items.size > this.#limit) this.#items.delete(this.#items.keys().next().value!)
    return this
  }

  get ratio(): number {
    const asked = this.#hits + this.#misses
    return asked === 0 ? 0 : this.#hits / asked
  }

  *[Symbol.iterator](): Iterator<[K, V]> {
    yield* this.#items
  }
}
