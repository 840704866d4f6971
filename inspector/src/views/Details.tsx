import { createMemo, createResource, For, Show, type JSX } from 'solid-js'
import type { ModuleReport, RunReport } from '../../../src/report/model/index.ts'
import { Call } from '../parts/Call.tsx'
import { idParts, plural, type IdParts } from '../format.ts'
import { rootOf } from '../rows.ts'
import type { Source } from '../source.ts'

/** One module: its hook calls in their order. */
export function Details(props: {
  id: string
  run: RunReport
  source: Source
  close: () => void
}): JSX.Element {
  const module = createMemo((): ModuleReport | undefined =>
    props.run.modules.find(({ id }) => id === props.id),
  )
  // a live run that goes on may know more of it
  const [details] = createResource(module, ({ id }) => props.source.module(id))
  const parts = (): IdParts => idParts(props.id, rootOf(props.run))
  return (
    <article class="details" aria-labelledby="module">
      <header>
        <h2 id="module">
          <span class="folder">{parts().folder}</span>
          {parts().name}
          <span class="query">{parts().query}</span>
        </h2>
        <button class="quiet" type="button" title="Back to the list (Esc)" onClick={props.close}>
          Close
        </button>
      </header>
      <Show
        when={module()}
        fallback={<p class="notice">No remembered hook was called for it in this run.</p>}
      >
        {(found) => (
          <>
            <p class="faint">
              {plural(found().calls.length, 'hook call')}
              {found().calls.length > 1 && ', in their order'}
            </p>
            <Show when={details.error}>
              <p class="notice bad" role="alert">
                Its details can’t be read: {String(details.error)}
              </p>
            </Show>
            <Show when={details.state === 'ready' && details() === undefined}>
              <p class="notice">
                {props.source.details()?.notice || 'Its details are not in this report.'}
              </p>
            </Show>
            <For each={found().calls}>
              {(call, at) => (
                <Call
                  call={call}
                  details={details.error ? undefined : details.latest?.calls[at()]}
                  builds={props.run.builds}
                  source={props.source}
                />
              )}
            </For>
          </>
        )}
      </Show>
    </article>
  )
}
