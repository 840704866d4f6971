const kib = 1024
const sizes: Readonly<Record<string, number>> = { b: 1, k: kib, m: kib ** 2, g: kib ** 3 }
const hour = 60 * 60 * 1000
const times: Readonly<Record<string, number>> = { m: 60_000, h: hour, d: 24 * hour, w: 168 * hour }

/** Bytes in `500M`, `2 GiB`, `1024`; undefined for other texts. */
export function sizeOf(text: string): number | undefined {
  const [, number, unit = 'b'] = /^([\d.]+)\s*([bkmg])?(?:i?b)?$/i.exec(text.trim()) ?? []
  return product(number, sizes[unit.toLowerCase()])
}

/** Milliseconds in `90m`, `12h`, `7d`, `2w`; undefined for other texts. */
export function timeOf(text: string): number | undefined {
  const [, number, unit = ''] = /^([\d.]+)\s*([mhdw])$/i.exec(text.trim()) ?? []
  return product(number, times[unit.toLowerCase()])
}

function product(number: string | undefined, unit: number | undefined): number | undefined {
  const value = Number(number) * (unit ?? Number.NaN)
  return Number.isFinite(value) && value > 0 ? value : undefined
}
