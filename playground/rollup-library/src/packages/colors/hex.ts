import { ToolbeltError } from '../../shared/errors'
import { memoize } from '../../shared/memoize'

export interface Color {
  red: number
  green: number
  blue: number
}

const pattern = /^#?(?<red>[\da-f]{2})(?<green>[\da-f]{2})(?<blue>[\da-f]{2})$/iu

export const parseHex = memoize((text: string): Color => {
  const parts = pattern.exec(text)?.groups
  if (!parts) throw new ToolbeltError('bad_color', `Not a colour: ${text}`, { text })
  const { red, green, blue } = parts as Record<keyof Color, string>
  return { red: parseInt(red, 16), green: parseInt(green, 16), blue: parseInt(blue, 16) }
})

export function toHex({ red, green, blue }: Color): string {
  const digits = [red, green, blue].map((part) => Math.round(part).toString(16).padStart(2, '0'))
  return `#${digits.join('')}`
}

export function mix(a: Color, b: Color, share = 0.5): Color {
  const blend = (from: number, to: number) => from + (to - from) * share
  return {
    red: blend(a.red, b.red),
    green: blend(a.green, b.green),
    blue: blend(a.blue, b.blue),
  }
}
