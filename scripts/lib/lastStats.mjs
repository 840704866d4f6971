import path from 'node:path'
import { runNodeOrThrow } from './runNode.mjs'

const root = path.resolve(import.meta.dirname, '../..')

/** What the last build that used a store did, as the `remember` command tells it. */
export async function lastStats(store) {
  const cli = path.join(root, 'dist/cli.js')
  const { stdout } = await runNodeOrThrow(cli, { args: ['stats', '--json', '--dir', store] })
  return JSON.parse(stdout)
}
