import { mapAsync } from '../../shared/iterate'

type Job<T> = () => Promise<T>

/** Runs at most `width` jobs at a time. */
export class Pool {
  readonly #width: number
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor(width: number) {
    this.#width = width
  }

  async run<T>(job: Job<T>): Promise<T> {
    if (this.#running >= this.#width) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    this.#running++
    try {
      return await job()
    } finally {
      this.#running--
      this.#waiting.shift()?.()
    }
  }

  async all<T>(jobs: Iterable<Job<T>>): Promise<T[]> {
    const started = [...jobs].map((job) => this.run(job))
    const results: T[] = []
    for await (const result of mapAsync(started, (value) => value)) results.push(result)
    return results
  }
}
