import { asPattern } from './asPattern.ts'

/**
 * Tells the ids for which a filter among a plugin's options gives another answer than it would
 * without the root before them: a checkout in a folder of that name is another case than one
 * elsewhere. Of a RegExp (`exclude: /test/`) that is tried. A text may be a glob, or looked for in
 * the path (`sources` of React's compiler): what counts is that a name in it is in the root, and
 * not in the rest of the id.
 */
export function rootShower(parts: unknown, workspaceRoot: string): (id: string) => boolean {
  const root = workspaceRoot.replaceAll('\\', '/')
  const pairs = [...new Set(patternsIn(parts))].flatMap((text) => {
    const [, source = '', flags = ''] = /^\/(.*)\/(\w*)$/s.exec(text) ?? []
    const make = (where: string): RegExp =>
      new RegExp(
        source.replaceAll('<root>', () => where),
        flags.replace(/[gy]/g, ''),
      )
    try {
      return [{ here: make(asPattern(root)), nowhere: make('') }]
    } catch {
      return []
    }
  })
  const names = [...new Set(filterTexts(parts))].flatMap((text) =>
    text.replaceAll('<root>', '').split(/[^\p{L}\p{N}_.-]+/u),
  )
  const inRoot = names.filter((name) => name !== '' && root.includes(name))
  return (id) => {
    if ((pairs.length === 0 && inRoot.length === 0) || !id.includes(root)) return false
    const bare = id.replaceAll(root, '')
    return (
      inRoot.some((name) => !bare.includes(name)) ||
      pairs.some(({ here, nowhere }) => here.test(id) !== nowhere.test(bare))
    )
  }
}

/** Labels under which tools take texts that choose files by their paths. */
const filters = /^(?:include|exclude|sources|only|ignore|test|files?|filter|patterns?)$/i

function* filterTexts(tree: unknown, isFilter = false): Generator<string> {
  if (isFilter && typeof tree === 'string') yield tree
  if (typeof tree !== 'object' || tree === null) return
  for (const [label, value] of Object.entries(tree)) {
    // what stands for a RegExp, a function or another place is no text of the user's
    if (ofCode.has(label) || label.startsWith('$')) continue
    yield* filterTexts(value, isFilter || filters.test(label))
  }
}

/** Labels of what is matched with code, not with ids (hook filters, `@rolldown/plugin-babel`). */
const ofCode = new Set(['code', 'matchCode'])

/** RegExps among named parts, as `{ $regexp: '/\\.vue$/' }` says them. */
function* patternsIn(tree: unknown): Generator<string> {
  if (typeof tree !== 'object' || tree === null) return
  for (const [label, value] of Object.entries(tree)) {
    if (label === '$regexp' && typeof value === 'string') yield value
    else if (!ofCode.has(label)) yield* patternsIn(value)
  }
}
