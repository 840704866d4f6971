import { by } from '../../shared/compare'

export interface Route<T> {
  pattern: string
  value: T
}

interface Compiled<T> extends Route<T> {
  test: RegExp
  weight: number
}

function compile<T>(route: Route<T>): Compiled<T> {
  const source = route.pattern.replace(/:(\w+)/gu, '(?<$1>[^/]+)').replace(/\*/gu, '.*')
  const dynamic = route.pattern.match(/[:*]/gu)?.length ?? 0
  return { ...route, test: new RegExp(`^${source}$`, 'u'), weight: dynamic }
}

/** The route with the fewest wildcards wins. */
export function createRouter<T>(routes: Iterable<Route<T>>) {
  const compiled = [...routes].map((route) => compile(route)).sort(by((route) => route.weight))
  return (path: string): { value: T; params: Record<string, string> } | undefined => {
    for (const { test, value } of compiled) {
      const found = test.exec(path)
      if (found) return { value, params: { ...found.groups } }
    }
    return undefined
  }
}
