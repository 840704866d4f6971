/** A line on a terminal that tells how far long work has come; nothing elsewhere. */
export interface Progress {
  /** `done` of `total` steps. */
  readonly report: (done: number, total: number) => void
  /** Takes the line away. */
  end(): void
}

export interface ProgressStream {
  readonly isTTY?: boolean | undefined
  write(text: string): unknown
}

/** Milliseconds between two lines. */
const pace = 100

/** @param label what is done, e.g. `verify` */
export function openProgress(
  label: string,
  stream: ProgressStream = process.stderr,
  now: () => number = () => performance.now(),
): Progress {
  if (!stream.isTTY) return { report: () => {}, end: () => {} }
  // short work shows none
  let next = now() + pace * 3
  let isShown = false
  return {
    report(done, total) {
      if (now() < next) return
      next = now() + pace
      isShown = true
      const percent = total === 0 ? 100 : Math.floor((100 * done) / total)
      stream.write(`\r\u001B[K${label} … ${percent} %`)
    },
    end() {
      if (isShown) stream.write('\r\u001B[K')
    },
  }
}
