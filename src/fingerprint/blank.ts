/** Comments become spaces; with `literals`, so does what strings, templates and regular expressions hold. Length and lines stay. */
export function blanked(source: string, { literals }: { literals: boolean }): string {
  const out: string[] = []
  /** Depth of braces at which each open template literal goes on. */
  const templates: number[] = []
  let braces = 0
  let at = 0
  let last = ''
  const take = (end: number, hide: boolean): void => {
    const text = source.slice(at, end)
    out.push(hide ? text.replace(/[^\n]/g, ' ') : text)
    at = end
  }
  const literal = (end: number): void => {
    take(at + 1, false)
    take(Math.max(at, end - 1), literals)
    take(end, false)
    last = ')'
  }
  while (at < source.length) {
    const char = source[at] as string
    const two = source.slice(at, at + 2)
    if (two === '//') take(endOf(/\n|$/g, source, at, 0), true)
    else if (two === '/*') take(endOf(/\*\/|$/g, source, at + 2), true)
    else if (char === '"' || char === "'") literal(endOfString(source, at, char))
    else if (char === '`' || (char === '}' && templates.at(-1) === braces)) {
      if (char === '}') templates.pop()
      const end = endOf(/(?:[^\\`$]|\\[^]|\$(?!\{))*(?:`|\$\{|$)/y, source, at + 1)
      if (source.endsWith('${', end)) templates.push(braces)
      const open = source.endsWith('${', end)
      literal(end)
      if (open) last = '{'
    } else if (char === '/' && startsRegExp(last)) literal(endOfRegExp(source, at))
    else {
      if (char === '{') braces++
      if (char === '}') braces--
      const word = /[$\w\u0080-\uffff]+/y
      word.lastIndex = at
      const end = word.test(source) ? word.lastIndex : at + 1
      if (char.trim() !== '') last = source.slice(at, end)
      take(end, false)
    }
  }
  return out.join('')
}

function endOf(pattern: RegExp, source: string, from: number, extra = 0): number {
  pattern.lastIndex = from
  return pattern.test(source) ? pattern.lastIndex + extra : source.length
}

/** A string that is never closed ends with its line: then it was none (JSX text, a regular expression taken for a division). */
function endOfString(source: string, at: number, quote: string): number {
  return endOf(
    quote === '"' ? /(?:[^"\\\n]|\\[^])*(?:"|(?=\n)|$)/y : /(?:[^'\\\n]|\\[^])*(?:'|(?=\n)|$)/y,
    source,
    at + 1,
  )
}

function endOfRegExp(source: string, at: number): number {
  return endOf(/(?:[^\\\n[/]|\\.|\[(?:[^\\\n\]]|\\.)*\])*(?:\/\w*|(?=\n)|$)/y, source, at + 1)
}

/** After a value a slash divides; after an operator, an opening bracket or a keyword it starts a regular expression. */
function startsRegExp(last: string): boolean {
  if (
    /^(?:return|typeof|case|in|of|do|else|void|delete|throw|new|instanceof|yield|await)$/.test(last)
  )
    return true
  return !/[$\w\u0080-\uffff)\]}]$/.test(last)
}
