/** What the command ends with. Scripts rely on it: docs/cli.md. */
export const exitCodes = {
  ok: 0,
  /** There is nothing to speak of, or something is wrong with what the command looked at. */
  nothing: 1,
  /** The command was called wrongly. */
  usage: 2,
  /** A fault of the command itself. */
  fault: 3,
} as const
