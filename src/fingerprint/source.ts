import { blanked } from './blank.ts'

/** What the text of a function tells about what it may reach. */
export interface Mentions {
  /** Of the variables of a scope, the names of those that the function may use. */
  namesOf(variables: object): string[]
  /** The function takes `this` from where it was made, and V8 shows that to nobody. */
  readonly capturesThis: boolean
}

const WORD = /[$A-Z_a-z\u0080-\uffff][\w$\u0080-\uffff]*/g
const ARROW = /^(?:async\b\s*)?(?:\(|[^\s(),=]+\s*=>)/

/**
 * Every word of the text counts, also one in a comment or a string: more than
 * the function uses, never less. Direct `eval` may use anything.
 */
export function mentionsOf(source: string): Mentions {
  const words = new Set(unescaped(source).match(WORD))
  const all = words.has('eval')
  return {
    // a module has thousands of variables, a function mentions a hundred words
    namesOf: (variables) =>
      all ? Object.keys(variables) : [...words].filter((word) => Object.hasOwn(variables, word)),
    capturesThis: words.has('this') && ARROW.test(source) && hasOuterThis(source),
  }
}

/** Compilers that keep to ASCII write the variable `π` as `\u03c0`. */
function unescaped(source: string): string {
  if (!source.includes('\\u')) return source
  return source.replace(/\\u(?:\{([\da-f]+)\}|([\da-f]{4}))/gi, (text, long, short) => {
    const code = Number.parseInt(long ?? short, 16)
    return code > 0x10ffff ? text : String.fromCodePoint(code)
  })
}

/** True for functions whose text V8 does not have: its own, Node's bindings, and bound ones. */
export function isNative(source: string): boolean {
  return source.endsWith('{ [native code] }')
}

/** Is there a `this` outside of the functions and classes that stand inside this text? In doubt, yes. */
function hasOuterThis(source: string): boolean {
  const code = blanked(source, { literals: true })
  const blocks: boolean[] = []
  let start = 0
  for (const { 0: token, index } of code.matchAll(/[{}]|(?<![.$\w])this(?![$\w])/g)) {
    if (token === 'this' && !blocks.includes(true)) return true
    if (token === '{') blocks.push(hasOwnThis(code.slice(start, index).trimEnd()))
    if (token === '}') blocks.pop()
    if (token !== 'this') start = index + 1
  }
  return false
}

/** Is this text before a brace the head of a class, a method or a `function`? Those have a `this` of their own, `if (…)` and `=>` have not. */
function hasOwnThis(head: string): boolean {
  if (/\bclass(?:\s+[$\w]+)?(?:\s+extends\s[^;]*)?$/.test(head)) return true
  if (!head.endsWith(')')) return false
  let depth = 0
  let at = head.length
  do {
    at--
    if (head[at] === ')') depth++
    if (head[at] === '(') depth--
  } while (depth > 0 && at > 0)
  if (depth > 0) return false
  const name = head.slice(0, at).trimEnd()
  return (
    /[$\w\]'"]$/.test(name) && !/(?<![.$\w])(?:if|for|while|switch|catch|with|await)$/.test(name)
  )
}
