import type { CachePolicy, NeverPolicy, Policy } from '../../src/policies/policy.ts'

const begin = '<!-- written by `npm run policies` -->'
const end = '<!-- end of what is written -->'

/** The page with what the policies say between its marks. */
export function withTables(page: string, policies: readonly Policy[]): string {
  const [before, rest] = page.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error(`no marks: ${begin} … ${end}`)
  return [before, begin, '\n\n', tables(policies), '\n\n', end, after].join('')
}

function tables(policies: readonly Policy[]): string {
  const cached = policies.filter((policy) => policy.verdict === 'cache')
  const others = policies.filter((policy) => policy.verdict === 'never')
  return [
    '## Remembered',
    table(
      ['plugin', 'hooks', 'read in', 'also depends on', 'always runs', 'other checkouts', 'why'],
      cached.map(cacheRow),
    ),
    '## Never',
    table(['plugin', 'read in', 'why'], others.filter((policy) => !policy.isCheap).map(neverRow)),
    '## Nothing to win',
    table(['plugin', 'read in', 'why'], others.filter((policy) => policy.isCheap).map(neverRow)),
  ].join('\n\n')
}

function cacheRow(policy: CachePolicy): string[] {
  const env = policy.env?.map((each) => `\`${each}\``).join(', ')
  return [
    nameOf(policy),
    policy.hooks.map((hook) => `\`${hook}\``).join(', '),
    policy.checked,
    [policy.inputsSay, env].filter(Boolean).join('; '),
    policy.except ?? '',
    elsewhere(policy),
    policy.state === 'file' ? `${policy.why} (*hydrated*)` : policy.why,
  ]
}

function neverRow(policy: NeverPolicy): string[] {
  return [nameOf(policy), policy.checked, policy.why]
}

function nameOf({ plugin }: Policy): string {
  return `\`${(typeof plugin === 'string' ? plugin : plugin.source).replaceAll('|', '\\|')}\``
}

function elsewhere({ paths }: CachePolicy): string {
  if (paths === undefined) return 'not used'
  return paths === 'plain' ? 'used, paths moved' : 'used where no path is in it'
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}
