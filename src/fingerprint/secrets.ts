import { looksSecret } from '../key/index.ts'
import { isMark } from './diff.ts'

/**
 * Puts `{ $secret: digest }` in the place of values whose label says that they are secrets, and of
 * URLs with a password: keys, records and reports are made of what is left. What changes is still
 * seen to change. Answers the tree itself where there is nothing to hide.
 *
 * @param digest of plain data; some of its digits are shown
 */
export function hideSecrets<Tree extends object>(
  tree: Tree,
  digest: (value: unknown) => string,
): Tree {
  function hide(value: unknown, isSecret: boolean): unknown {
    if (Array.isArray(value)) return hideAll(value, () => isSecret)
    if (typeof value === 'object' && value !== null) {
      const fields = value as Readonly<Record<string, unknown>>
      if (typeof fields['$url'] === 'string')
        return hide(fields['$url'], isSecret) === fields['$url'] ? value : mark(fields['$url'])
      return isMark(fields) ? value : hideAll(fields, (label) => isSecret || isSecretLabel(label))
    }
    if (typeof value === 'string') {
      return (isSecret && value !== '') || hasPassword(value) ? mark(value) : value
    }
    return isSecret && (typeof value === 'number' || typeof value === 'bigint')
      ? mark(value)
      : value
  }

  function hideAll<Held extends object>(held: Held, isSecret: (label: string) => boolean): Held {
    let copy: Record<string, unknown> | undefined
    for (const [label, value] of Object.entries(held) as [string, unknown][]) {
      // a label of ours: code, not data
      const isOwn = typeof value === 'string' && label.startsWith('$')
      const hidden = isOwn ? value : hide(value, isSecret(label))
      if (hidden === value) continue
      copy ??= (Array.isArray(held) ? [...(held as unknown[])] : { ...held }) as Record<
        string,
        unknown
      >
      copy[label] = hidden
    }
    return (copy ?? held) as Held
  }

  const mark = (value: unknown): object => ({ $secret: digest(value).slice(0, 12) })
  return hideAll(tree, isSecretLabel)
}

// the same few labels come again and again
const known = new Map<string, boolean>()

function isSecretLabel(label: string): boolean {
  let answer = known.get(label)
  if (answer === undefined) known.set(label, (answer = looksSecret(label)))
  return answer
}

function hasPassword(text: string): boolean {
  return text.includes('://') && /^[a-z][a-z\d+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i.test(text)
}
