import { createResource, createSignal, For, Show, type JSX } from 'solid-js'
import type {
  BuildReport,
  CallDetails,
  CallReport,
  NamedPart,
} from '../../../src/report/model/index.ts'
import { bytes, count, moment, plural, time } from '../format.ts'
import type { Source } from '../source.ts'
import { Code } from './Code.tsx'

/** One hook call: what became of it, the code before and after, and what it depends on. */
export function Call(props: {
  call: CallReport
  details: CallDetails | undefined
  builds: readonly BuildReport[]
  source: Source
}): JSX.Element {
  const build = (): string => {
    if (props.builds.length < 2) return ''
    const { environment } = props.builds[props.call.build] ?? {}
    return environment ?? `build ${props.call.build + 1}`
  }
  return (
    <section class="call">
      <h3>
        <i class={`dot ${props.call.state.replace(' ', '-')}`} />
        {props.call.plugin} <span class="hook">{props.call.hook}</span>
        <Show when={build()}>
          <span class="hook">{build()}</span>
        </Show>
        <span class="said">{said(props.call)}</span>
      </h3>
      <Show when={props.call.cause}>
        <p class="because">
          <b>{props.call.state === 'not stored' ? 'Not stored' : 'Why it is new'}</b>{' '}
          {props.call.cause}
        </p>
      </Show>
      <Show when={props.call.state === 'gone'}>
        <p class="because">Nothing of it is in the store now.</p>
      </Show>
      <Show when={props.details?.key === undefined ? undefined : props.details}>
        {(details) => (
          <>
            <Code details={details()} />
            <Facts details={details()} source={props.source} />
          </>
        )}
      </Show>
    </section>
  )
}

function said({ state, computeMs = 0, uses, size }: CallReport): string {
  const stored = size === undefined ? '' : ` · ${bytes(size)}`
  if (state === 'reused') {
    return `reused${uses > 1 ? ` ${uses} times` : ''}, saved ${time(computeMs * uses)}${stored}`
  }
  if (state !== 'new') return state
  const again = uses > 0 ? `, then reused ${uses === 1 ? 'once' : `${uses} times`}` : ''
  return `new, computed in ${time(computeMs)}${again}${stored}`
}

function Facts(props: { details: CallDetails; source: Source }): JSX.Element {
  const inputs = (): readonly NamedPart[] => props.details.inputs.map(inputPart)
  const shared = (): readonly NamedPart[] => props.details.sharedInputs.map(inputPart)
  const done = (): readonly NamedPart[] =>
    [...props.details.fields, ...props.details.effects].map((text) => ({ path: text, value: '' }))
  return (
    <>
      <Parts name="Key parts" parts={props.details.parts} />
      <Show when={props.details.identity} keyed>
        {(identity) => <Identity name={identity} source={props.source} />}
      </Show>
      <Parts name="Inputs" parts={inputs()} />
      <Parts name="Inputs that its plugin may have kept from earlier calls" parts={shared()} />
      <Parts name="More of the result, and effects" parts={done()} />
      <p class="faint stored">
        Stored {moment(props.details.storedAt ?? '')}, key{' '}
        <code>{props.details.key?.slice(0, 8)}</code>
        <Show when={props.details.tags.length > 0}> · {props.details.tags.join(', ')}</Show>
      </p>
    </>
  )
}

function inputPart({
  kind,
  name,
  value,
}: {
  kind: string
  name: string
  value: string
}): NamedPart {
  return { path: `${kind} ${name.replace('<root>/', '')}`, value }
}

/** A list that is there when it is asked for. */
function Parts(props: { name: string; parts: readonly NamedPart[] }): JSX.Element {
  const [isOpen, setOpen] = createSignal(false)
  return (
    <Show when={props.parts.length > 0}>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          {props.name} <span class="faint">{count(props.parts.length)}</span>
        </summary>
        <Show when={isOpen()}>
          <dl class="parts">
            <For each={props.parts.slice(0, mostParts)}>
              {({ path, value }) => (
                <div>
                  <dt>{path}</dt>
                  <dd>{value}</dd>
                </div>
              )}
            </For>
          </dl>
          <Show when={props.parts.length > mostParts}>
            <p class="faint">and {plural(props.parts.length - mostParts, 'more', 'more')}</p>
          </Show>
        </Show>
      </details>
    </Show>
  )
}

const mostParts = 1000

/** The plugin's own part of the key, the same for all its calls. */
function Identity(props: { name: string; source: Source }): JSX.Element {
  const [isOpen, setOpen] = createSignal(false)
  const [parts] = createResource(isOpen, () => props.source.identity(props.name))
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>What stands for the plugin: its options, code, config</summary>
      <Show when={isOpen() && !parts.error && parts()}>
        {(all) => (
          <dl class="parts">
            <For each={all().slice(0, mostParts)}>
              {({ path, value }) => (
                <div>
                  <dt>{path}</dt>
                  <dd>{value}</dd>
                </div>
              )}
            </For>
          </dl>
        )}
      </Show>
    </details>
  )
}
