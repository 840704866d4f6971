/** Everything there is to try, not the part that fits into half an hour. */
export const isFull: boolean = Boolean(process.env['REMEMBER_TEST_FULL'])

/**
 * A few of many, others in every run; all of them with `REMEMBER_TEST_FULL=1`.
 * The name of a test says which it was, so that `-t` brings it back.
 */
export function some<T>(count: number, all: readonly T[]): T[] {
  const chosen = [...all]
  while (!isFull && chosen.length > count) {
    chosen.splice(Math.floor(Math.random() * chosen.length), 1)
  }
  return chosen
}
