import type { Dispose, Listener } from '../../shared/types'

export class Emitter<Events extends Record<string, unknown>> {
  readonly #listeners = new Map<keyof Events, Set<Listener<never>>>()

  on<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): Dispose {
    const set = this.#listeners.get(name) ?? new Set()
    set.add(listener as Listener<never>)
    this.#listeners.set(name, set)
    return () => void set.delete(listener as Listener<never>)
  }

  emit<Name extends keyof Events>(name: Name, value: Events[Name]): boolean {
    const set = this.#listeners.get(name)
    if (!set?.size) return false
    for (const listener of [...set]) (listener as Listener<Events[Name]>)(value)
    return true
  }

  async next<Name extends keyof Events>(name: Name): Promise<Events[Name]> {
    return new Promise((resolve) => {
      const dispose = this.on(name, (value) => {
        dispose()
        resolve(value)
      })
    })
  }
}
