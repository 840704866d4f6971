import { createSignal, onCleanup, type Accessor } from 'solid-js'

/** What is shown, as the address says: `#/modules/<id>?q=vue&state=new&sort=-saved`. */
export interface Route {
  readonly view: 'overview' | 'modules'
  /** The module that is open. */
  readonly id: string
  readonly filter: Filter
}

export interface Filter {
  readonly q: string
  readonly plugin: string
  readonly state: string
  readonly cause: string
  /** A column, with `-` from the most to the least. */
  readonly sort: string
}

const noFilter: Filter = { q: '', plugin: '', state: '', cause: '', sort: 'state' }

export function createRoute(): Accessor<Route> {
  const [route, setRoute] = createSignal(readRoute(location.hash))
  const read = (): void => void setRoute(readRoute(location.hash))
  window.addEventListener('hashchange', read)
  onCleanup(() => window.removeEventListener('hashchange', read))
  return route
}

function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const params = new URLSearchParams(query)
  const filter = Object.fromEntries(
    Object.entries(noFilter).map(([name, none]) => [name, params.get(name) ?? none]),
  ) as unknown as Filter
  const [view, id = ''] = path.split('/', 2)
  return { view: view === 'modules' ? 'modules' : 'overview', id: decoded(id), filter }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // somebody's own address
    return ''
  }
}

/** The address of a view; filters that say nothing are left out. */
export function hrefOf({
  view,
  id = '',
  filter = {},
}: {
  readonly view: Route['view']
  readonly id?: string
  readonly filter?: Partial<Filter>
}): string {
  if (view === 'overview') return '#/'
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) {
    if (value && value !== noFilter[name as keyof Filter]) params.set(name, value)
  }
  const query = params.size > 0 ? `?${params}` : ''
  return `#/modules${id && `/${encodeURIComponent(id)}`}${query}`
}

/** Goes there; `quietly` without a step to come back to. */
export function go(href: string, quietly = false): void {
  if (!quietly) location.hash = href
  else {
    history.replaceState(null, '', href)
    window.dispatchEvent(new HashChangeEvent('hashchange'))
  }
}
