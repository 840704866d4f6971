import { asPattern } from './asPattern.ts'

/**
 * Tells the ids for which a RegExp among a plugin's options (`exclude: /test/`)
 * gives another answer than it would without the root before them: a checkout
 * in a folder of that name is another case than one elsewhere.
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
  return (id) => {
    if (pairs.length === 0 || !id.includes(root)) return false
    const bare = id.replaceAll(root, '')
    return pairs.some(({ here, nowhere }) => here.test(id) !== nowhere.test(bare))
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
