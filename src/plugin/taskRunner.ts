import { ignoreInput, ignoreOutput } from '@voidzero-dev/vite-task-client'

/**
 * Tells Vite Task, which watches what a task reads and writes, that the store is a cache: it is no
 * input of the task and none of its outputs. Does nothing outside of `vp run`. Other task runners
 * go by globs; `remember doctor` looks at these.
 */
export function declareStore(dir: string): void {
  try {
    ignoreInput(dir)
    ignoreOutput(dir)
  } catch {
    // a runner that is gone, or of another version: it may keep too much, no more
  }
}
