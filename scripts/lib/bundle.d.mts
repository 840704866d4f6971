/**
 * Bundles TypeScript files for real child processes: Node 20 runs no `.ts`. Packages stay imports.
 *
 * @param entries absolute paths; each becomes `<name>.mjs` in `dir`
 * @param dir where packages resolve
 */
export function bundle(entries: readonly string[], dir: string): Promise<void>
