import { createMemo, For, Show, type JSX } from 'solid-js'
import type { RunReport } from '../../../src/report/model/index.ts'
import { count, time } from '../format.ts'
import { hrefOf } from '../route.ts'

interface Bar {
  readonly plugin: string
  readonly computed: number
  readonly lookups: number
  readonly saved: number
  readonly uncovered: number
  readonly calls: number
  readonly hooks: string
  readonly reason: string
}

const kinds = [
  ['computed', 'computed now'],
  ['lookups', 'looking up'],
  ['uncovered', 'not remembered'],
  ['saved', 'saved by reuse'],
] as const

/** One line for each plugin: what it cost in this build, and what reuse took away. What is hardly to be seen is folded away. */
export function Bars(props: { run: RunReport }): JSX.Element {
  const bars = createMemo(() => barsOf(props.run))
  const all = createMemo(() => bars().reduce((sum, bar) => sum + whole(bar), 0))
  const isSmall = (bar: Bar): boolean => bar.reason !== '' && whole(bar) < all() / 100
  const small = createMemo(() => bars().filter(isSmall))
  const shown = createMemo(() =>
    small().length < 3 ? bars() : bars().filter((bar) => !isSmall(bar)),
  )
  const longest = createMemo(() => Math.max(1e-6, ...bars().map(whole)))
  const used = createMemo(() => kinds.filter(([kind]) => bars().some((bar) => bar[kind] > 0)))
  return (
    <>
      <ul class="legend" aria-hidden="true">
        <For each={used()}>
          {([kind, name]) => (
            <li>
              <i class={`swatch ${kind}`} /> {name}
            </li>
          )}
        </For>
      </ul>
      <Lines bars={shown()} longest={longest()} />
      <Show when={shown().length < bars().length}>
        <details class="small">
          <summary>
            and {count(small().length)} more that are not remembered, together{' '}
            {time(small().reduce((sum, bar) => sum + whole(bar), 0))}
          </summary>
          <Lines bars={small()} longest={longest()} />
        </details>
      </Show>
    </>
  )
}

function Lines(props: { bars: readonly Bar[]; longest: number }): JSX.Element {
  return (
    <ul class="bars">
      <For each={props.bars}>
        {(bar) => (
          <li>
            <Show
              when={bar.reason === ''}
              fallback={
                <span class="name" title={bar.reason}>
                  {bar.plugin}
                </span>
              }
            >
              <a class="name" href={hrefOf({ view: 'modules', filter: { plugin: bar.plugin } })}>
                {bar.plugin}
              </a>
            </Show>
            <span class="track" aria-hidden="true">
              <For each={kinds}>
                {([kind]) => (
                  <i class={kind} style={{ width: `${(bar[kind] / props.longest) * 100}%` }} />
                )}
              </For>
            </span>
            <span class="number" title="What it cost in this build">
              {time(bar.computed + bar.lookups + bar.uncovered)}
            </span>
            <span class="number good" title="What reuse saved">
              {bar.saved > 0 ? `−${time(bar.saved)}` : ''}
            </span>
            <span class="note">
              {bar.hooks} · {count(bar.calls)} {bar.calls === 1 ? 'call' : 'calls'}
              {bar.reason && ` · ${bar.reason}`}
            </span>
          </li>
        )}
      </For>
    </ul>
  )
}

function whole({ computed, lookups, uncovered, saved }: Bar): number {
  return computed + lookups + uncovered + saved
}

function barsOf({ plugins, others }: RunReport): Bar[] {
  const names = [...new Set(plugins.map(({ plugin }) => plugin))]
  const covered = names.map((plugin): Bar => {
    const rows = plugins.filter((row) => row.plugin === plugin)
    const sum = (of: (row: (typeof rows)[number]) => number): number =>
      rows.reduce((all, row) => all + of(row), 0)
    return {
      plugin,
      computed: sum((row) => row.computedMs),
      lookups: sum((row) => row.spentMs),
      saved: sum((row) => row.savedMs),
      uncovered: 0,
      calls: sum((row) => row.hits + row.misses + row.bypassed),
      hooks: rows.map((row) => row.hook).join(', '),
      reason: '',
    }
  })
  const rest = new Map<string, Bar>()
  for (const { plugin, hook, calls, ms, reason } of others) {
    const name = `${plugin} ${reason}`
    const known = rest.get(name)
    rest.set(name, {
      plugin,
      computed: 0,
      lookups: 0,
      saved: 0,
      uncovered: ms + (known?.uncovered ?? 0),
      calls: calls + (known?.calls ?? 0),
      hooks: known ? `${known.hooks}, ${hook}` : hook,
      reason: reason || 'not remembered',
    })
  }
  return [...covered, ...rest.values()].sort((a, b) => whole(b) - whole(a))
}
