import fs from 'node:fs'
import { asPattern } from './asPattern.ts'

/** Where a text speaks of the root: offsets of the plain path, or that it can't be relocated. */
export type Found = readonly number[] | 'bound'

export type FindRoot = (text: string) => Found

const nothing: readonly number[] = []

/** What may stand before the plain path: in a list of paths, an attribute, an import, Vite's `/@fs/work/app`. */
const before = /(?:^|["'`\s(=:,[{<>;|!&\0]|\/@fs)$/
const after = /^(?:$|["'`\s),/:;?#&\]}<>|])/

/**
 * Looks for the root of a checkout in a text, in every form a tool may give it:
 * plain, escaped for a string or a RegExp, encoded for a URL, with either slash,
 * made a name of (`_work_app_src`), or in base64. Only a plain path of whole
 * segments that leads to a file which is there can be relocated. In doubt the
 * text is bound to its root: that is a result less to share, never a wrong one.
 *
 * @param root absolute, with forward slashes, and not the root of a disk.
 */
export function createFindRoot(
  root: string,
  isThere: (file: string) => boolean = fs.existsSync,
): FindRoot {
  const segments = root.split('/').filter(Boolean)
  // of one short name much is by chance: `/app` is in `/app/users`, `my-app` and `/application`
  const isShort = segments.length === 1
  const pattern = new RegExp(formsOf(segments, isShort), 'giu')
  const encoded = base64Forms(root)
  // letters and digits are the same in every form but base64; most texts lack some, which is told fast
  const runs = (root.match(/[a-z0-9]{3,}/gi) ?? []).map((run) => new RegExp(run, 'iu'))

  return (text) => {
    if (text.includes('base64') && encoded.some((form) => text.includes(form))) return 'bound'
    if (!runs.every((run) => run.test(text))) return nothing
    let offsets: number[] | undefined
    for (const match of text.matchAll(pattern)) {
      const { index } = match
      const isPlain = text.startsWith(root, index)
      const isWhole =
        isPlain &&
        before.test(text.slice(Math.max(0, index - 4), index)) &&
        !/file:$/i.test(text.slice(Math.max(0, index - 5), index)) &&
        after.test(text.slice(index + root.length, index + root.length + 1))
      const leads = isPlain && leadsSomewhere(text, index, root.length, isThere)
      if (isWhole && leads) (offsets ??= []).push(index)
      else if (!isShort || !isPlain || isWhole || leads) return 'bound'
    }
    return offsets ?? nothing
  }
}

/** A path in a text ends where its quote does, or its query begins, or at a space: one of these is there. */
function leadsSomewhere(
  text: string,
  start: number,
  length: number,
  isThere: (file: string) => boolean,
): boolean {
  const root = text.slice(start, start + length)
  const rest = /^[^"'`?#\n\r\\]{0,4096}/.exec(text.slice(start + length, start + length + 4096))![0]
  const shorter = rest.replace(/[\s:,;|<>()[\]{}&].*$/s, '')
  return isThere(root + rest) || (shorter !== rest && isThere(root + shorter))
}

/** Source of a RegExp for a path in all its forms. */
function formsOf(segments: readonly string[], isShort: boolean): string {
  const slashes = [
    String.raw`\\{0,4}\/`,
    String.raw`\\{1,4}`,
    '%(?:25)?(?:2f|5c)',
    String.raw`\\u00(?:2f|5c)`,
    String.raw`\\x(?:2f|5c)`,
    '&#(?:x2f|47|92|x5c);',
  ]
  // a name made of a path: `_work_app_src_App_vue`
  const separator = `(?:${[...slashes, ...(isShort ? [] : ['[-_.+~$|:]{1,2}'])].join('|')})`
  const names = segments.map((segment) => [...segment].map(characterForms).join(''))
  // a drive has no slash before its letter
  const first = /^[a-z]:$/i.test(segments[0] ?? '') ? '' : separator
  return first + names.join(separator)
}

function characterForms(character: string): string {
  const literal = asPattern(character)
  if (/\w/.test(character) && character !== '_') return literal
  const code = character.codePointAt(0)!
  const units = [...Array(character.length).keys()].map((at) =>
    character.charCodeAt(at).toString(16).padStart(4, '0'),
  )
  const forms = [
    String.raw`\\{0,4}${literal}`,
    [...Buffer.from(character)].map((byte) => `%(?:25)?${hex(byte)}`).join(''),
    units.map((unit) => String.raw`\\{1,2}u${unit}`).join(''),
    String.raw`\\{1,2}u\{${code.toString(16)}\}`,
    `&(?:#x${code.toString(16)}|#${code}|[a-z]+);`,
    ...(code < 256 ? [String.raw`\\{1,2}x${hex(code)}`] : []),
    '[-_+]',
  ]
  return `(?:${forms.join('|')})`
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}

/** What base64 makes of a text wherever it stands in another: three ways, without the characters its neighbours share. */
function base64Forms(text: string): string[] {
  return [0, 1, 2].map((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)])
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 3))
    return whole.toString('base64').slice(offset === 0 ? 0 : 4)
  })
}
