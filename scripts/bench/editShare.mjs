import path from 'node:path'
import { readFileSync, writeFileSync } from 'node:fs'
import { lengthen, tracked } from '../apps/edit.mjs'

/**
 * Edits a share of an app's files (0: one file), spread over all of them, as a switch to another
 * branch would. The function that comes back undoes it.
 *
 * @param n another number makes another edit
 */
export function editShare(dir, share, n) {
  const names = tracked(dir, 'src').filter((name) =>
    /catalogue.*\.(?:vue|tsx|svelte|mdx|s?css|ts)$/.test(name),
  )
  const step = share === 0 ? names.length : Math.round(1 / share)
  const files = names
    .filter((name, at) => at % step === n % step)
    .slice(0, share === 0 ? 1 : undefined)
    .map((name) => path.join(dir, name))
  const before = files.map((file) => readFileSync(file))
  for (const file of files) lengthen(file, n)
  return () => files.forEach((file, at) => writeFileSync(file, before[at]))
}
