import { Show, type JSX } from 'solid-js'
import { bytes, time, type IdParts } from '../format.ts'
import type { Row } from '../rows.ts'

export function ModuleRow(props: {
  row: Row
  index: number
  top: number
  height: number
  isActive: boolean
  isOpen: boolean
  open: () => void
}): JSX.Element {
  const parts = (): IdParts => props.row.parts
  return (
    <div
      role="row"
      id={`row-${props.index}`}
      class="row"
      classList={{ active: props.isActive, open: props.isOpen }}
      aria-rowindex={props.index + 2}
      aria-selected={props.isOpen}
      style={{ transform: `translateY(${props.top}px)`, height: `${props.height}px` }}
      onClick={() => props.open()}
    >
      <span role="gridcell" class="id" title={props.row.id}>
        <span class="folder">
          <bdi>{parts().folder}</bdi>
        </span>
        <span class="name">{parts().name}</span>
        <Show when={parts().query}>
          <span class="query">{parts().query}</span>
        </Show>
      </span>
      <span role="gridcell" class="why">
        <i class={`dot ${props.row.state.replace(' ', '-')}`} />
        {props.row.state}
        <Show when={props.row.calls > 1 && props.row.reused > 0 && props.row.state !== 'reused'}>
          <small>
            {' '}
            {props.row.reused}/{props.row.calls} reused
          </small>
        </Show>
        <span class="cause"> {props.row.causes.join(' · ')}</span>
      </span>
      <span role="gridcell" class="number">
        {props.row.spentMs > 0 ? time(props.row.spentMs) : '–'}
      </span>
      <span role="gridcell" class="number" classList={{ good: props.row.savedMs > 0 }}>
        {props.row.savedMs > 0 ? time(props.row.savedMs) : '–'}
      </span>
      <span role="gridcell" class="number size">
        {props.row.size > 0 ? bytes(props.row.size) : '–'}
      </span>
    </div>
  )
}
