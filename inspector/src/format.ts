/** `4,498`. */
export function count(number: number): string {
  return String(Math.round(number)).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
}

/** `12.4 s`, `0.09 s`, `3.1 ms`, `2 min 5 s`. */
export function time(ms: number): string {
  if (ms === 0) return '0 s'
  if (ms < 10) return `${ms < 0.1 ? '<0.1' : ms.toFixed(1)} ms`
  if (ms < 100) return `${Math.round(ms)} ms`
  if (ms < 120_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`
}

/** `26.3 MiB`, `512 B`. */
export function bytes(size: number): string {
  if (size < 1024) return `${size} B`
  const power = Math.min(3, Math.floor(Math.log2(size) / 10))
  return `${(size / 1024 ** power).toFixed(1)} ${['B', 'KiB', 'MiB', 'GiB'][power]}`
}

/** `99.9 %`; never rounds up to all or down to nothing. */
export function share(part: number, whole: number): string {
  if (whole === 0) return '–'
  const percent = (part / whole) * 100
  if (part > 0 && percent < 0.1) return '<0.1 %'
  if (part < whole && percent > 99.9) return '99.9 %'
  return `${percent === 100 || percent === 0 ? percent : percent.toFixed(1)} %`
}

/** `23 Nov 2026, 10:15`, in the reader's own time. */
export function moment(iso: string): string {
  return new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}

export function plural(number: number, one: string, many: string = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`
}

/** An id in its parts, so that the name of the file stands out. */
export interface IdParts {
  readonly folder: string
  readonly name: string
  readonly query: string
}

/** @param root of the build, which is left out */
export function idParts(id: string, root: string): IdParts {
  const portable = id.replace(root, '').replace('<root>/', '').replaceAll('\0', '\\0')
  const at = portable.indexOf('?')
  const path = at < 0 ? portable : portable.slice(0, at)
  const slash = path.lastIndexOf('/') + 1
  return {
    folder: path.slice(0, slash),
    name: path.slice(slash),
    query: at < 0 ? '' : portable.slice(at),
  }
}
