import { createMemo, For, Show, type JSX } from 'solid-js'
import { count } from '../format.ts'
import type { Filter } from '../route.ts'
import { choices, type Row } from '../rows.ts'

/** More causes than anybody reads through. */
const mostCauses = 100

export function Filters(props: {
  rows: readonly Row[]
  filter: Filter
  change: (part: Partial<Filter>) => void
  field: (element: HTMLInputElement) => void
  /** To the list. */
  leave: () => void
}): JSX.Element {
  return (
    <div class="filters" role="search">
      <input
        type="search"
        placeholder="Filter by name"
        aria-label="Filter by name"
        spellcheck={false}
        ref={props.field}
        value={props.filter.q}
        onInput={(event) => props.change({ q: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'ArrowDown') return
          event.preventDefault()
          props.leave()
        }}
      />
      <Choice
        name="State"
        all="All states"
        value={props.filter.state}
        choices={choices(props.rows, (row) => [row.state])}
        change={(state) => props.change({ state })}
      />
      <Choice
        name="Plugin"
        all="All plugins"
        value={props.filter.plugin}
        choices={choices(props.rows, (row) => row.plugins)}
        change={(plugin) => props.change({ plugin })}
      />
      <Choice
        name="Cause"
        all="All causes"
        value={props.filter.cause}
        choices={choices(props.rows, (row) => row.causes).slice(0, mostCauses)}
        change={(cause) => props.change({ cause })}
      />
    </div>
  )
}

function Choice(props: {
  name: string
  all: string
  value: string
  choices: readonly (readonly [string, number])[]
  change: (value: string) => void
}): JSX.Element {
  const known = createMemo(() => props.choices.some(([value]) => value === props.value))
  return (
    <select
      aria-label={props.name}
      classList={{ set: props.value !== '' }}
      onChange={(event) => props.change(event.currentTarget.value)}
    >
      <option value="" selected={props.value === ''}>
        {props.all}
      </option>
      <Show when={props.value !== '' && !known()}>
        <option value={props.value} selected>
          {props.value}
        </option>
      </Show>
      <For each={props.choices}>
        {([value, rows]) => (
          <option value={value} selected={value === props.value}>
            {value} ({count(rows)})
          </option>
        )}
      </For>
    </select>
  )
}
