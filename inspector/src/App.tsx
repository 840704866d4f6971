import {
  createResource,
  createSignal,
  ErrorBoundary,
  Match,
  onCleanup,
  Show,
  Switch,
  type JSX,
} from 'solid-js'
import type { Report } from '../../src/report/model/index.ts'
import { moment, time } from './format.ts'
import { onKey } from './keys.ts'
import { createRoute, go, hrefOf } from './route.ts'
import { openSource } from './source.ts'
import { createTheme } from './theme.ts'
import { Modules } from './views/Modules.tsx'
import { Overview } from './views/Overview.tsx'

/** How often a live page asks whether there is something new, in milliseconds. */
const pace = 2000

export function App(): JSX.Element {
  const source = openSource()
  const route = createRoute()
  const [theme, toggleTheme] = createTheme()
  const [stamp, setStamp] = createSignal('')
  const [report] = createResource(stamp, () => source.report())
  // what was there stays on the page while the next one comes
  const latest = (): Report | undefined => report.latest
  if (source.isLive) follow(() => source.stamp(), setStamp)

  onKey((key) => {
    if (key === '1') go(hrefOf({ view: 'overview' }))
    else if (key === '2') go(hrefOf({ view: 'modules' }))
    else if (key === 't') toggleTheme()
    else return false
    return true
  })

  return (
    <>
      <header class="top">
        <a class="brand" href="#/">
          remember
        </a>
        <nav aria-label="Views">
          <a href="#/" aria-current={route().view === 'overview' ? 'page' : undefined}>
            Overview
          </a>
          <a
            href={hrefOf({ view: 'modules' })}
            aria-current={route().view === 'modules' ? 'page' : undefined}
          >
            Modules
          </a>
        </nav>
        <p class="run">
          <Show when={latest()?.run}>
            {(run) => (
              <>
                <Show when={run().isLive} fallback="Last build">
                  <span class="live">Live</span>
                </Show>
                <span>{moment(run().startedAt)}</span>
                <span class="wide">
                  {run().host} · {run().isLive ? 'for' : 'took'} {time(run().durationMs)}
                </span>
              </>
            )}
          </Show>
        </p>
        <button class="quiet" type="button" onClick={toggleTheme} title="Light or dark (t)">
          {theme() === 'dark' ? 'Light' : 'Dark'}
        </button>
      </header>
      <main>
        <ErrorBoundary fallback={(error) => <Failed error={error} />}>
          <Switch>
            <Match when={report.error}>
              <Failed error={report.error} />
            </Match>
            <Match when={!latest()}>
              <p class="notice">Reading the store …</p>
            </Match>
            <Match when={!latest()?.run}>
              <p class="notice">
                No build is recorded yet. Run a build with vite-plugin-remember in its plugins.
              </p>
            </Match>
            <Match when={route().view === 'modules'}>
              <Modules run={latest()!.run!} route={route()} source={source} />
            </Match>
            <Match when={true}>
              <Overview report={latest()!} />
            </Match>
          </Switch>
        </ErrorBoundary>
      </main>
    </>
  )
}

function Failed(props: { error: unknown }): JSX.Element {
  return (
    <p class="notice bad" role="alert">
      This can’t be shown: {String(props.error)}
    </p>
  )
}

/** Asks again and again while somebody looks. */
function follow(ask: () => Promise<string>, tell: (stamp: string) => void): void {
  const look = (): void => {
    if (document.hidden) return
    // a server that restarts answers the next time
    ask().then(tell, () => {})
  }
  const timer = setInterval(look, pace)
  document.addEventListener('visibilitychange', look)
  onCleanup(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
  })
}
