import { dataOf } from './values.ts'

/**
 * Looks through a reference of Vue's reactivity, in which plugin-vue and others
 * keep their options: the value of a `ref`, the function of a `computed`. Its
 * own fields hold counters that depend on what else ran in the process
 * (`RefImpl`, `ComputedRefImpl` in packages/reactivity, 3.4 and 3.5).
 */
export function refOf(value: object): { readonly value: unknown } | undefined {
  if (dataOf(value, '__v_isRef') !== true) return undefined
  const compute = dataOf(value, 'fn') ?? dataOf(value, 'getter')
  if (typeof compute === 'function') return { value: compute }
  return Object.hasOwn(value, '_rawValue') ? { value: dataOf(value, '_rawValue') } : undefined
}
