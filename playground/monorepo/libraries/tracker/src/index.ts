import { isoDate, unique } from '@house/utils'

export class Tracker {
  readonly #events: { name: string; at: Date }[] = []

  track(name: string, at: Date = new Date()): void {
    this.#events.push({ name, at })
  }

  days(): string[] {
    return unique(this.#events.map(({ at }) => isoDate(at)))
  }
}
