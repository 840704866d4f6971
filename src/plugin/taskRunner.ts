/**
 * Tells Vite Task, which watches what a task reads and writes, that the store is a cache: it is no
 * input of the task and none of its outputs. Does nothing outside of `vp run`, which tells its
 * processes where to find it. Other task runners go by globs; `remember doctor` looks at these.
 */
export async function declareStore(dir: string): Promise<void> {
  if (process.env['VP_RUN_NODE_CLIENT_PATH'] === undefined) return
  try {
    const { ignoreInput, ignoreOutput } = await import('@voidzero-dev/vite-task-client')
    ignoreInput(dir)
    ignoreOutput(dir)
  } catch {
    // a runner that is gone, or of another version: it may keep too much, no more
  }
}
