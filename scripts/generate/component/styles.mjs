// Style rules that become flat CSS or nested Sass. Values may use `space(3)`,
// `tone(good)`, `radius(md)`, `line` and `paper`; `mixin` names one of those below.

export const rule = (selector, declarations = {}, children = []) => ({
  selector,
  declarations,
  children,
})

const mixins = {
  row: (gap) => ({
    display: 'flex',
    'flex-wrap': 'wrap',
    'align-items': 'center',
    gap: `space(${gap})`,
  }),
  stack: (gap) => ({ display: 'flex', 'flex-direction': 'column', gap: `space(${gap})` }),
  card: (padding) => ({
    padding: `space(${padding})`,
    border: '1px solid line',
    'border-radius': 'radius(md)',
    background: 'paper',
  }),
}

const toCss = (value) =>
  value
    .replace(/\bspace\((\d+)\)/g, 'var(--space-$1)')
    .replace(/\b(tone|radius)\((\w+)\)/g, 'var(--$1-$2)')
    .replace(/\b(line|paper)\b(?!-)/g, 'var(--$1)')

const toSass = (value) =>
  value
    .replace(/\bspace\((\d+)\)/g, 'tokens.space($1)')
    .replace(/\b(tone|radius)\((\w+)\)/g, "tokens.$1('$2')")
    .replace(/\b(line|paper)\b(?!-)/g, 'tokens.$$$1')

/** Flat rules, joined selectors. */
export function printCss(rules) {
  return rules
    .flatMap((one) => flatten(one, ''))
    .flatMap((block) => [...block, ''])
    .slice(0, -1)
}

function flatten({ selector, declarations, children }, parent) {
  if (selector.startsWith('@media')) {
    const inner = flatten({ selector: '&', declarations, children }, parent)
    return [[`${selector} {`, ...inner.flat().map((line) => `  ${line}`), '}']]
  }
  const own = selector.includes('&')
    ? selector.replaceAll('&', parent)
    : `${parent} ${selector}`.trim()
  const { mixin, ...rest } = declarations
  const all = mixin ? { ...expand(mixin), ...rest } : rest
  const lines = Object.entries(all).map(([name, value]) => `  ${name}: ${toCss(value)};`)
  return [
    ...(lines.length > 0 ? [[`${own} {`, ...lines, '}']] : []),
    ...children.flatMap((child) => flatten(child, own)),
  ]
}

function expand(mixin) {
  const [, name, argument] = /^(\w+)\((\d+)\)$/.exec(mixin)
  return mixins[name](argument)
}

/** Nested rules with mixins and tokens from the app's partials in `folder`. */
export function printSass(rules, folder) {
  const body = rules.flatMap((one) => ['', ...nest(one, '')])
  const text = body.join('\n')
  const partials = ['mixins', 'tokens'].filter((name) => text.includes(`${name}.`))
  return [...partials.map((name) => `@use '${folder}${name}';`), ...body]
}

/** Nested rules without mixins, for Less and for PostCSS. */
export const printNested = (rules) =>
  rules.flatMap((one) => ['', ...nest(plainRule(one), '', toCss)]).slice(1)

function plainRule({ selector, declarations, children }) {
  const { mixin, ...rest } = declarations
  const all = mixin ? { ...expand(mixin), ...rest } : rest
  // PostCSS and Less agree on nested selectors that begin with `&`.
  const nested = children.map((child) => {
    const inner = plainRule(child)
    const bare = /^[&@]/.test(inner.selector)
    return bare ? inner : { ...inner, selector: `& ${inner.selector}` }
  })
  return { selector, declarations: all, children: nested }
}

function nest({ selector, declarations, children }, pad, value = toSass) {
  const { mixin, ...rest } = declarations
  const lines = Object.entries(rest).map(([name, text]) => `${pad}  ${name}: ${value(text)};`)
  const include = mixin ? [`${pad}  @include mixins.${mixin};`] : []
  const gap = include.length > 0 && lines.length > 0 ? [''] : []
  const inner = children.flatMap((child) => ['', ...nest(child, `${pad}  `, value)])
  const body = [...include, ...gap, ...lines, ...inner]
  if (body[0] === '') body.shift()
  return [`${pad}${selector} {`, ...body, `${pad}}`]
}
