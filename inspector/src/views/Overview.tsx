import { createMemo, For, Show, type JSX } from 'solid-js'
import type { Report, RunReport } from '../../../src/report/model/index.ts'
import { bytes, count, plural, share, time } from '../format.ts'
import { Bars } from '../parts/Bars.tsx'
import { History } from '../parts/History.tsx'
import { hrefOf } from '../route.ts'

/** Was it worth it, where does the time go, what was new and why. */
export function Overview(props: { report: Report }): JSX.Element {
  const run = (): RunReport => props.report.run!
  const looked = (): number => run().hits + run().misses
  return (
    <div class="overview">
      <h1 class="hidden">Overview</h1>
      <Notices run={run()} />
      <dl class="tiles">
        <Tile name="Reused" value={share(run().hits, looked())} tone="good">
          {count(run().hits)} of {plural(looked(), 'hook call')}
        </Tile>
        <Tile name="Saved" value={time(run().savedMs)} tone="good">
          what they cost when they were computed
        </Tile>
        <Tile name="Spent" value={time(run().spentMs)}>
          on looking up, besides {time(run().costs.fingerprintMs)} on fingerprints
        </Tile>
        <Tile name="New" value={count(run().misses)} tone={run().misses > 0 ? 'new' : undefined}>
          {run().notStored > 0
            ? `${count(run().notStored)} of them can’t be stored`
            : 'computed and stored'}
        </Tile>
        <Tile name="Store" value={bytes(props.report.store.size)}>
          {plural(props.report.store.entries, 'entry', 'entries')} in{' '}
          {plural(props.report.store.packs, 'pack')}
        </Tile>
      </dl>
      <section aria-labelledby="time">
        <h2 id="time">Where the time goes</h2>
        <Bars run={run()} />
      </section>
      <div class="halves">
        <Causes run={run()} />
        <section aria-labelledby="history">
          <h2 id="history">Builds over time</h2>
          <History runs={props.report.runs} />
        </section>
      </div>
    </div>
  )
}

function Tile(props: {
  name: string
  value: string
  tone?: 'good' | 'new' | undefined
  children: JSX.Element
}): JSX.Element {
  return (
    <div class={`tile ${props.tone ?? ''}`}>
      <dt>{props.name}</dt>
      <dd class="value">{props.value}</dd>
      <dd class="note">{props.children}</dd>
    </div>
  )
}

/** What keeps the cache from working, before anything else. */
function Notices(props: { run: RunReport }): JSX.Element {
  const lines = (): string[] => [
    ...props.run.unstable.map(
      ({ plugin, path, from, to }) =>
        `${plugin === '*' ? 'All plugins' : plugin}: ${path} differs in every build (${from} → ${to}), so nothing is reused.`,
    ),
    ...props.run.unreadable.map(
      ({ plugin, reason }) => `${plugin} is not remembered, its options can’t be read: ${reason}`,
    ),
    ...props.run.problems,
  ]
  return (
    <Show when={lines().length > 0}>
      <ul class="notices">
        <For each={lines().slice(0, 8)}>{(line) => <li>{line}</li>}</For>
      </ul>
    </Show>
  )
}

function Causes(props: { run: RunReport }): JSX.Element {
  const causes = createMemo(() => {
    const found = new Map<string, { cause: string; unstored: boolean; calls: number }>()
    for (const { calls } of props.run.modules) {
      for (const { state, cause = '' } of calls) {
        if (state === 'reused' || state === 'gone') continue
        const unstored = state === 'not stored'
        const known = found.get(`${state} ${cause}`) ?? { cause, unstored, calls: 0 }
        found.set(`${state} ${cause}`, { ...known, calls: known.calls + 1 })
      }
    }
    return [...found.values()].sort((a, b) => b.calls - a.calls)
  })
  return (
    <section aria-labelledby="causes">
      <h2 id="causes">Why calls were not reused</h2>
      <Show
        when={causes().length > 0}
        fallback={<p class="faint">Everything that could be reused was.</p>}
      >
        <ol class="causes">
          <For each={causes().slice(0, 12)}>
            {({ cause, calls, unstored }) => (
              <li>
                <Show when={cause} fallback={<span>not recorded for each call</span>}>
                  <a href={hrefOf({ view: 'modules', filter: { cause } })}>
                    {unstored && 'can’t be stored: '}
                    {cause}
                  </a>
                </Show>
                <span class="number">{count(calls)}</span>
              </li>
            )}
          </For>
        </ol>
        <Show when={causes().length > 12}>
          <p class="faint">and {plural(causes().length - 12, 'more cause')}</p>
        </Show>
      </Show>
    </section>
  )
}
