import { systemClock } from '../../shared/clock'
import type { Clock } from '../../shared/types'

interface Kept<V> {
  value: V
  until: number
}

export class TtlCache<K, V> {
  readonly #items = new Map<K, Kept<V>>()
  readonly #life: number
  readonly #clock: Clock

  constructor(life: number, clock: Clock = systemClock) {
    this.#life = life
    this.#clock = clock
  }

  get(key: K): V | undefined {
    const kept = this.#items.get(key)
    if (kept && kept.until > this.#clock.now()) return kept.value
    this.#items.delete(key)
    return undefined
  }

  set(key: K, value: V, life = this.#life): void {
    this.#items.set(key, { value, until: this.#clock.now() + life })
  }

  async getOrLoad(key: K, load: (key: K) => Promise<V>): Promise<V> {
    const known = this.get(key)
    if (known !== undefined) return known
    const value = await load(key)
    this.set(key, value)
    return value
  }
}
