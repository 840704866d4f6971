import type { RemoteError } from './remote.ts'

/** The one line of the report on a remote that failed: the first failure, and what came of it. */
export function describeTrouble(
  errors: readonly RemoteError[],
  opened: readonly ('reads' | 'writes')[],
  isSpent: boolean,
): string | undefined {
  // the failure that ended it says most
  const told = isSpent ? errors.findLast(({ code }) => code === 'timeout') : errors[0]
  if (!told) return undefined
  const more = errors.length > 1 ? ` (${errors.length} failures)` : ''
  return `${told.message}${more}; ${whatCameOfIt(opened, isSpent)}`
}

function whatCameOfIt(opened: readonly ('reads' | 'writes')[], isSpent: boolean): string {
  if (isSpent || opened.length === 2) return 'the build went on without it'
  if (opened[0] === 'reads') return 'nothing more was read from it'
  if (opened[0] === 'writes') return 'nothing more was written to it'
  return 'what it concerned was done without it'
}
