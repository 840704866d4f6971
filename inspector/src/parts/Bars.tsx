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

/** One line for each plugin: what it cost in this build, and what reuse took away. */
export function Bars(props: { run: RunReport }): JSX.Element {
  const bars = createMemo(() => barsOf(props.run))
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
      <ul class="bars">
        <For each={bars()}>
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
                    <i class={kind} style={{ width: `${(bar[kind] / longest()) * 100}%` }} />
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
    </>
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
  const rest = others.map(({ plugin, hook, calls, ms, reason }): Bar => ({
    plugin,
    computed: 0,
    lookups: 0,
    saved: 0,
    uncovered: ms,
    calls,
    hooks: hook,
    reason: reason || 'not remembered',
  }))
  return [...covered, ...rest].sort((a, b) => whole(b) - whole(a))
}
