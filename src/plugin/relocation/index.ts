import fs from 'node:fs'
import path from 'node:path'
import type { HookCall } from '../request.ts'
import { fileBehind, type Place } from '../place.ts'
import { codeOf, type Outcome } from '../outcome.ts'
import { attachRoot, openedMap } from './attach.ts'
import { detachRoot } from './detach.ts'
import { createFindRoot } from './findRoot.ts'

export { rootToken } from './attach.ts'
export { rootShower } from './rootShower.ts'

/** Makes the outcomes of one checkout good for others; see docs/keys.md, "Another checkout". */
export interface Relocation {
  /** What to store: good for every checkout, or `bound` to this one. */
  detach(outcome: Outcome, of: Computed): Outcome | 'bound'
  /** A stored outcome, as it would be had it been computed here. */
  attach(stored: Outcome): Outcome
}

/** What is known of the call that an outcome comes from. */
export interface Computed {
  readonly call: HookCall
  /** True when its plugin writes paths plainly. */
  readonly plain: boolean
  /** Absolute paths of files whose text may be in the outcome. */
  readonly files: () => Iterable<string>
  /** Names of what the plugin may have kept; grows from call to call. */
  readonly kept: ReadonlySet<string>
  readonly filesOfKept: (name: string) => readonly string[]
}

export function createRelocation(place: Place): Relocation {
  const root = place.workspaceRoot.replaceAll('\\', '/')
  const findRoot = createFindRoot(root)
  const spoken = new Map<string, boolean>()
  const scans = new WeakMap<ReadonlySet<string>, Scan>()
  const climbs = new Map<string | undefined, RegExp>()
  const isOutside = (file: string): boolean =>
    path.isAbsolute(file) && !file.replaceAll('\\', '/').startsWith(`${root}/`)

  function detach(outcome: Outcome, computed: Computed): Outcome | 'bound' {
    const { call, plain, files } = computed
    // relative to the root, such a file is elsewhere in another checkout
    const own = fileBehind(call.id)
    if (own !== undefined && isOutside(own)) return 'bound'
    const texts = textsOf(outcome)
    if (!texts) return 'bound'
    if (texts.paths.some(isOutside)) return 'bound'
    const climb = climbFrom(own === undefined ? undefined : path.dirname(own))
    if (!(call.code && climb.test(call.code)) && texts.all.some((text) => climb.test(text))) {
      return 'bound'
    }
    if (texts.all.some((text) => speaksOfPackages(text, own))) return 'bound'

    const detached = detachRoot(outcome, { root, findRoot, plain })
    if (detached === outcome || detached === 'bound') return detached
    // what the source itself says of the root stays as it is in another checkout
    if (call.code !== undefined && findRoot(call.code).length > 0) return 'bound'
    for (const file of files()) if (speaksOfRoot(file)) return 'bound'
    return keptSpeaksOfRoot(computed) ? 'bound' : detached
  }

  /** Of a set that only grows: each name is looked at once, however many calls ask. */
  function keptSpeaksOfRoot({ kept, filesOfKept }: Computed): boolean {
    let scan = scans.get(kept)
    if (!scan) scans.set(kept, (scan = { names: kept.values(), seen: 0, speaks: false }))
    // an iterator that was never told to be at the end goes on with what was added
    for (; scan.seen < kept.size && !scan.speaks; scan.seen++) {
      scan.speaks = filesOfKept(scan.names.next().value!).some(speaksOfRoot)
    }
    return scan.speaks
  }

  function climbFrom(dir: string | undefined): RegExp {
    let climb = climbs.get(dir)
    if (!climb) climbs.set(dir, (climb = climbOut(dir, place)))
    return climb
  }

  /**
   * Absolute paths into `node_modules`, which may be above the workspace, or in a worktree a link
   * to another's: paths into it are real ones. A module that is in there itself has that in its id.
   */
  function speaksOfPackages(text: string, own: string | undefined): boolean {
    if (!text.includes('node_modules')) return false
    const isOfPackage = own?.replaceAll('\\', '/').includes('/node_modules/')
    return Array.from(text.matchAll(intoPackages)).some(
      ([, into]) => !(isOfPackage && into!.startsWith(`${root}/`)),
    )
  }

  function speaksOfRoot(file: string): boolean {
    let speaks = spoken.get(file)
    if (speaks === undefined) {
      try {
        speaks = findRoot(fs.readFileSync(file, 'utf8')).length > 0
      } catch {
        speaks = false
      }
      spoken.set(file, speaks)
    }
    return speaks
  }

  return { detach, attach: (stored) => (stored.rooted ? attachRoot(stored, root) : stored) }
}

const intoPackages = /(?:^|["'`\s(=:,])((?:\/(?![/*\s])|[a-z]:[\\/])[^"'`\n]*?)node_modules[\\/]/gi

/** More steps up than lead to the root: what is up there depends on how deep the checkout is. */
function climbOut(dir: string | undefined, { root, workspaceRoot }: Place): RegExp {
  const bases = [root, process.cwd(), ...(dir === undefined ? [] : [dir])]
  const depth = Math.max(
    ...bases.map(
      (base) => path.relative(workspaceRoot, base).split(path.sep).filter(Boolean).length,
    ),
  )
  return new RegExp(String.raw`(?:\.\.[\\/]+){${depth + 1}}`)
}

/** How far a growing set of kept inputs was looked through. */
interface Scan {
  readonly names: Iterator<string>
  seen: number
  speaks: boolean
}

export interface Texts {
  readonly paths: readonly string[]
  readonly all: readonly string[]
}

/** The texts of an outcome in which paths stand, and those that are paths; undefined for a map nobody can read. */
export function textsOf({ result, effects }: Outcome): Texts | undefined {
  let map: { sources?: unknown } | null | undefined
  try {
    map = (openedMap(result) as { map?: { sources?: unknown } } | null | undefined)?.map
  } catch {
    return undefined
  }
  const code = codeOf(result)
  const sources = [map?.sources].flat()
  const named = effects.flatMap((effect) =>
    effect[0] === 'addWatchFile' || effect[0] === 'resolve' ? [effect[1]] : [],
  )
  const isText = (value: unknown): value is string => typeof value === 'string'
  const paths = [...sources.filter(isText).filter((each) => path.isAbsolute(each)), ...named]
  return { paths, all: [code, ...sources].filter(isText) }
}
