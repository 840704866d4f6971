import { For, type JSX } from 'solid-js'
import { columns, type Column } from '../rows.ts'

const names: Readonly<Record<Column, string>> = {
  id: 'Module',
  state: 'State and cause',
  spent: 'Spent',
  saved: 'Saved',
  size: 'Size',
}

/** Numbers are looked at from the most on. */
const numbers = new Set<Column>(['spent', 'saved', 'size'])

export function Headings(props: { sort: string; change: (sort: string) => void }): JSX.Element {
  const column = (): string => props.sort.replace('-', '')
  const falling = (): boolean => props.sort.startsWith('-')
  const next = (name: Column): string => {
    if (column() !== name) return numbers.has(name) ? `-${name}` : name
    return falling() ? name : `-${name}`
  }
  return (
    <div role="rowgroup" class="headings">
      <div role="row" class="heading" aria-rowindex={1}>
        <For each={columns}>
          {(name) => (
            <span
              role="columnheader"
              class={numbers.has(name) ? 'number' : ''}
              aria-sort={column() === name ? (falling() ? 'descending' : 'ascending') : undefined}
            >
              <button type="button" onClick={() => props.change(next(name))}>
                {names[name]}
                <span aria-hidden="true">{column() === name ? (falling() ? ' ↓' : ' ↑') : ''}</span>
              </button>
            </span>
          )}
        </For>
      </div>
    </div>
  )
}
