import type { See } from '../policy.ts'

// Shiki gives up on a line after 500 ms (`tokenizeTimeLimit`, @shikijs/primitive 4.6.0) and
// tells nobody: on a busy machine two builds of one site differ in a line's colours. Such a
// result must not be kept, for the next build without us would most likely be right again.

/** The part of a highlighter that tells its grammars. */
export interface Highlighter {
  getLoadedLanguages(): readonly string[]
  getLanguage(name: string): object
  loadLanguage(...languages: unknown[]): Promise<unknown>
}

type Tokenize = (...args: unknown[]) => { readonly stoppedEarly?: boolean }

/** Of a renderer as VitePress makes it: `highlight` is wrapped by markdown-it-async. */
export function highlighterOf(see: See, md: object): Highlighter | undefined {
  const { highlight } = (md as { options?: { highlight?: unknown } }).options ?? {}
  const outer = see(highlight)
  const found = (outer['highlighter'] ?? see(outer['highlight'])['highlighter']) as
    | Highlighter
    | undefined
  const isOne = found && typeof found.getLanguage === 'function'
  return isOne && typeof found.loadLanguage === 'function' ? found : undefined
}

/** Lines given up so far, by the class of grammars: one for all highlighters of a copy of Shiki. */
const givenUp = new WeakMap<object, { lines: number }>()

const watches = new WeakMap<Highlighter, (id: string) => () => string | undefined>()

/**
 * For a call that begins: a function that tells, when it ends, why its result is
 * not to be trusted. What was cut short once stays so for the process, for
 * VitePress keeps pages for its second build.
 */
export function watchTimeLimit(highlighter: Highlighter): (id: string) => () => string | undefined {
  const known = watches.get(highlighter)
  if (known) return known
  const cut = new Set<string>()
  const load = highlighter.loadLanguage
  let count = countLines(highlighter)
  highlighter.loadLanguage = async (...languages) => {
    const loaded = await load.apply(highlighter, languages)
    count ??= countLines(highlighter)
    return loaded
  }
  const watch = (id: string) => {
    const before = count?.lines ?? 0
    return () => {
      const unseen = !count && highlighter.getLoadedLanguages().length > 0
      if (unseen || (count?.lines ?? 0) > before) cut.add(id)
      return cut.has(id) ? 'highlighting ran out of time' : undefined
    }
  }
  watches.set(highlighter, watch)
  return watch
}

/** Starts to count, when a first grammar is there. */
function countLines(highlighter: Highlighter): { readonly lines: number } | undefined {
  const [name] = highlighter.getLoadedLanguages()
  if (name === undefined) return undefined
  const grammars = Object.getPrototypeOf(highlighter.getLanguage(name)) as Record<string, Tokenize>
  const known = givenUp.get(grammars)
  if (known) return known
  const count = { lines: 0 }
  for (const method of ['tokenizeLine', 'tokenizeLine2']) {
    const original = grammars[method]
    if (!original) return undefined
    grammars[method] = function (...args) {
      const result = original.apply(this, args)
      if (result.stoppedEarly) count.lines++
      return result
    }
  }
  givenUp.set(grammars, count)
  return count
}
