import { forms } from './forms.mjs'
import { hosts } from './hosts.mjs'
import { managers } from './managers.mjs'

const all = {
  hosts: Object.keys(hosts),
  managers: Object.keys(managers),
  nodes: ['20', '22', '24', '26'],
  forms: Object.keys(forms),
  compilers: ['typescript-5', 'typescript-7'],
}

/**
 * What is tried: lists of names with commas between them; absent means all, empty none. `nodes` may
 * be `current`, the Node that runs this.
 *
 * @throws Error for a name that there is none of
 */
export function planOf(given) {
  return Object.fromEntries(
    Object.entries(all).map(([what, names]) => [what, chosen(what, given[what], names)]),
  )
}

function chosen(what, given, names) {
  if (given === undefined) return names
  if (what === 'nodes' && given === 'current') return ['current']
  const wanted = given === '' ? [] : given.split(',').map((name) => name.trim())
  const unknown = wanted.find((name) => !names.includes(name))
  if (unknown === undefined) return wanted
  throw new Error(`There is no "${unknown}" among the ${what}; there are ${names.join(', ')}`)
}
