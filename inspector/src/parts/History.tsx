import { createMemo, For, type JSX } from 'solid-js'
import type { RunSummary } from '../../../src/report/model/index.ts'
import { moment, share, time } from '../format.ts'

/** As many as fit on a phone. */
const mostColumns = 40
const mostLines = 6

/** The last runs as columns (what was computed and what was saved), and the newest of them in numbers. */
export function History(props: { runs: readonly RunSummary[] }): JSX.Element {
  const runs = createMemo(() => props.runs.slice(-mostColumns))
  const highest = createMemo(() => Math.max(1e-6, ...runs().map((run) => work(run) + run.savedMs)))
  const height = (ms: number): string => `${(ms / highest()) * 100}%`
  return (
    <>
      <div class="columns" aria-hidden="true">
        <For each={runs()}>
          {(run) => (
            <span
              class="column"
              title={`${moment(run.startedAt)}: ${reuse(run)} reused, ${time(work(run))} computed, ${time(run.savedMs)} saved`}
            >
              <i class="saved" style={{ height: height(run.savedMs) }} />
              <i class="computed" style={{ height: height(work(run)) }} />
            </span>
          )}
        </For>
      </div>
      <table class="runs">
        <thead>
          <tr>
            <th scope="col">Build</th>
            <th scope="col">Reused</th>
            <th scope="col">Computed</th>
            <th scope="col">Saved</th>
            <th scope="col">Took</th>
          </tr>
        </thead>
        <tbody>
          <For each={runs().slice(-mostLines).toReversed()}>
            {(run) => (
              <tr>
                <th scope="row">{moment(run.startedAt)}</th>
                <td>{reuse(run)}</td>
                <td>{time(work(run))}</td>
                <td>{time(run.savedMs)}</td>
                <td>{time(run.durationMs)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </>
  )
}

function work({ computedMs = 0, spentMs }: RunSummary): number {
  return computedMs + spentMs
}

function reuse({ hits, misses }: RunSummary): string {
  return share(hits, hits + misses)
}
