import type { Build } from './build.ts'

// The process has one end for all its builds; a listener for each would make Node warn of a leak.
const open = new Set<Build>()

/** Writes the record of a build that nobody closes: users of an API need not. */
export function endAtExit(build: Build): void {
  if (open.size === 0) process.on('beforeExit', endAll)
  open.add(build)
}

/** The build has ended by itself. */
export function endedItself(build: Build): void {
  open.delete(build)
  if (open.size === 0) process.off('beforeExit', endAll)
}

function endAll(): void {
  for (const build of open) void build.end()
  open.clear()
}
