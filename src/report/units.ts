/** `8,202`. Not by `toLocaleString`, whose tables take some 20 ms to load. */
export function count(number: number): string {
  return String(number).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
}

/** `5.6 s`, `0.09 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 1000 ? 2 : 1)} s`
}

/** `26.3 MiB`, `512 B`. */
export function bytes(size: number): string {
  if (size < 1024) return `${size} B`
  const power = Math.min(3, Math.floor(Math.log2(size) / 10))
  return `${(size / 1024 ** power).toFixed(1)} ${['B', 'KiB', 'MiB', 'GiB'][power]}`
}
