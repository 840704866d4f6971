type Scalar = string | number | boolean | null | undefined

export function joinPath(...parts: string[]): string {
  return parts
    .flatMap((part) => part.split('/'))
    .filter((part, index) => part !== '' || index === 0)
    .join('/')
}

export function withQuery(path: string, query: Record<string, Scalar | Scalar[]>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) if (one != null) search.append(name, String(one))
  }
  const text = search.toString()
  return text ? `${path}${path.includes('?') ? '&' : '?'}${text}` : path
}
