import { structuredPatch } from 'diff'
import { createMemo, createSignal, For, Match, Show, Switch, type JSX } from 'solid-js'
import type { CallDetails } from '../../../src/report/model/index.ts'
import { count, plural } from '../format.ts'

type Look = 'changes' | 'before' | 'after'

interface Line {
  readonly sign: '+' | '-' | ' ' | '@'
  readonly text: string
}

/** As many as nobody reads, and a browser still shows at once. */
const mostLines = 1500
const longestLine = 2000
/** Milliseconds; two texts that have nothing in common take long. */
const patience = 1000

/** The code before and after a call, as what changed when both are known. */
export function Code(props: { details: CallDetails }): JSX.Element {
  const before = (): string | undefined =>
    'code' in props.details.before ? props.details.before.code : undefined
  const missing = (): string =>
    'missing' in props.details.before ? props.details.before.missing : ''
  const after = (): string | undefined => props.details.after
  const changes = createMemo(() => diffOf(before(), after()))
  const looks = createMemo((): Look[] => [
    ...(changes() ? (['changes'] as const) : []),
    ...(before() === undefined ? [] : (['before'] as const)),
    ...(after() === undefined ? [] : (['after'] as const)),
  ])
  const [chosen, choose] = createSignal<Look>()
  const look = (): Look | undefined => {
    const wanted = chosen()
    if (wanted && looks().includes(wanted)) return wanted
    return changes() ? 'changes' : looks().at(-1)
  }
  const lines = createMemo((): readonly Line[] => {
    const shown = look()
    if (shown === 'changes') return changes() ?? []
    const text = (shown === 'before' ? before() : after()) ?? ''
    return text.split('\n').map((line) => ({ sign: ' ', text: line }))
  })
  return (
    <Show when={look()} fallback={<p class="faint">{missing()}</p>}>
      <div class="code">
        <div class="looks" role="group" aria-label="Code">
          <For each={looks()}>
            {(each) => (
              <button type="button" aria-pressed={each === look()} onClick={() => choose(each)}>
                {each}
              </button>
            )}
          </For>
          <span class="faint">
            <Switch>
              <Match when={before() === undefined && props.details.hook !== 'load'}>
                code before: {missing()}
              </Match>
              <Match when={'from' in props.details.before && props.details.before}>
                {(given) => `was given ${given().from}`}
              </Match>
            </Switch>
          </span>
        </div>
        <Show when={lines().length > 0} fallback={<p class="faint">It left the code as it was.</p>}>
          <pre tabindex="0" role="region" aria-label={`Code, ${look()}`}>
            <For each={lines().slice(0, mostLines)}>
              {({ sign, text }) => (
                <span class={`line ${classes[sign]}`} data-sign={sign}>
                  {text.length > longestLine
                    ? `${text.slice(0, longestLine)}… (${count(text.length - longestLine)} more)`
                    : text}
                  {'\n'}
                </span>
              )}
            </For>
          </pre>
          <Show when={lines().length > mostLines}>
            <p class="faint">and {plural(lines().length - mostLines, 'more line')}</p>
          </Show>
        </Show>
      </div>
    </Show>
  )
}

const classes = { '+': 'added', '-': 'removed', ' ': 'same', '@': 'gap' } as const

/** Undefined when one of them is not known, or when it would take too long. */
function diffOf(before: string | undefined, after: string | undefined): Line[] | undefined {
  if (before === undefined || after === undefined) return undefined
  const patch = structuredPatch('', '', before, after, '', '', { context: 3, timeout: patience })
  return patch?.hunks.flatMap(({ lines, oldStart, newStart }) => [
    { sign: '@' as const, text: `line ${oldStart} → ${newStart}` },
    ...lines
      .filter((line) => !line.startsWith('\\'))
      .map((line) => ({ sign: line[0] as '+' | '-' | ' ', text: line.slice(1) })),
  ])
}
