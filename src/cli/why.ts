import type { CommandDef } from 'citty'
import { causeLine, count, whyNew, type Why } from '../report/index.ts'
import { findStore, noBuild } from './store.ts'

const args = {
  about: {
    type: 'positional',
    required: false,
    description: 'Part of a file name, a plugin or a cause (default: all)',
  },
  dir: { type: 'string', description: 'Folder of the store (default: the one of this workspace)' },
  json: {
    type: 'boolean',
    description: 'Print JSON: [{ plugin, hook, id, reason, part, from, to, count }]',
  },
} as const

export const why: CommandDef<typeof args> = {
  meta: {
    name: 'why',
    description: 'Why the last build did not reuse a call: what changed, one line for each cause.',
  },
  args,
  async run({ args }) {
    const dir = findStore(args.dir)
    const found = await whyNew(dir, args.about)
    if (!found) return noBuild(dir)
    console.log(args.json ? JSON.stringify(found, undefined, 2) : describe(found, args.about))
  },
}

function describe(found: readonly Why[], about: string | undefined): string {
  if (found.length === 0) {
    return about
      ? `The last build computed nothing anew that speaks of ${about}.`
      : 'The last build reused all it could. (The first build of a root has nothing to compare with.)'
  }
  return found
    .map((each) => {
      const id = each.id.replace('<root>/', '')
      const calls = each.count === 1 ? id : `${count(each.count)} calls, ${id} …`
      return `${each.plugin} ${each.hook}  ${causeLine(each)}  (${calls})`
    })
    .join('\n')
}
