export type FaultSuite = 'errors' | 'crashes' | 'builds' | 'flips' | 'fuzz' | 'soak'

/** In the order in which they run. */
export const faultSuites: readonly FaultSuite[]

/** Makes the programs of the suites, in a folder where packages resolve as in the repository. */
export function bundleFaults(dir: string): Promise<void>

export interface FaultOptions {
  /** All there is to try, or a part of it. */
  readonly full: boolean
  readonly seed: number
  /** The name of one case. */
  readonly only?: string | undefined
  /** For what is limited by time. */
  readonly seconds: number
  /** Told how far it is. */
  readonly log?: ((text: string) => void) | undefined
}

/**
 * Runs one suite in a process of its own and gives its counts.
 *
 * @param dir what bundleFaults filled
 * @throws Error with what failed, and how to run it again
 */
export function runFaults(
  suite: FaultSuite,
  dir: string,
  options: FaultOptions,
): Promise<Readonly<Record<string, number>>>
