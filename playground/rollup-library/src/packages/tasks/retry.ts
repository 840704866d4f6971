import { ToolbeltError } from '../../shared/errors'

interface Options {
  attempts?: number
  pause?: number
  growth?: number
  shouldRetry?: (error: unknown) => boolean
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

export async function retry<T>(
  work: (attempt: number) => Promise<T>,
  { attempts = 3, pause = 100, growth = 2, shouldRetry = () => true }: Options = {},
): Promise<T> {
  let last: unknown
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      return await work(attempt)
    } catch (error) {
      last = error
      if (!shouldRetry(error)) break
      await sleep(pause * growth ** (attempt - 1))
    }
  }
  throw new ToolbeltError('gave_up', `Gave up after ${attempts} attempts`, { last })
}
