import { ToolbeltError } from '../../shared/errors'
import type { Check } from './checks'

export function assertValid<T>(check: Check<T>, value: unknown): T {
  const result = check(value)
  if (result.ok) return result.value
  const text = result.issues.map(({ path, message }) => `${path || 'value'} ${message}`).join(', ')
  throw new ToolbeltError('invalid', text, { issues: result.issues })
}
