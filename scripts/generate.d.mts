/** The names of the playground apps. */
export const apps: readonly string[]

/**
 * Copies an app's core to `target`, which must be missing or empty, and adds
 * `size` generated components; 0 copies the core alone.
 */
export function generate(app: string, size: number, target: string): Promise<void>
