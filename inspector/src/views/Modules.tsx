import { createVirtualizer } from '@tanstack/solid-virtual'
import {
  createEffect,
  createMemo,
  createSignal,
  For,
  on,
  onCleanup,
  Show,
  type JSX,
} from 'solid-js'
import type { RunReport } from '../../../src/report/model/index.ts'
import { count, plural } from '../format.ts'
import { onKey } from '../keys.ts'
import { Filters } from '../parts/Filters.tsx'
import { Headings } from '../parts/Headings.tsx'
import { ModuleRow } from '../parts/ModuleRow.tsx'
import { go, hrefOf, type Filter, type Route } from '../route.ts'
import { filtered, rowsOf, sorted } from '../rows.ts'
import type { Source } from '../source.ts'
import { Details } from './Details.tsx'

/** In pixels, as in modules.css. */
const headingHeight = 30

/** All modules of the run: to filter, to sort, to open. */
export function Modules(props: { run: RunReport; route: Route; source: Source }): JSX.Element {
  const rows = createMemo(() => rowsOf(props.run))
  const filter = (): Filter => props.route.filter
  const shown = createMemo(() => sorted(filtered(rows(), filter()), filter().sort))
  const narrow = createNarrow()
  const [at, setAt] = createSignal(-1)
  let list!: HTMLDivElement
  let field!: HTMLInputElement

  const virtual = createVirtualizer({
    get count() {
      return shown().length
    },
    getScrollElement: () => list,
    estimateSize: () => (narrow() ? 56 : 32),
    overscan: 12,
    // the headings stay on top of what scrolls
    scrollMargin: headingHeight,
    scrollPaddingStart: headingHeight,
  })
  createEffect(on(narrow, () => virtual.measure()))
  createEffect(
    on(shown, (found) => {
      const open = found.findIndex(({ id }) => id === props.route.id)
      setAt(open >= 0 ? open : Math.min(at(), found.length - 1))
    }),
  )

  const change = (part: Partial<Filter>): void => {
    const { view, id } = props.route
    go(hrefOf({ view, id, filter: { ...filter(), ...part } }), true)
  }
  const open = (id: string): void => go(hrefOf({ view: 'modules', id, filter: filter() }))
  const close = (): void => {
    go(hrefOf({ view: 'modules', filter: filter() }))
    list.focus()
  }
  const move = (to: number): void => {
    const next = Math.max(0, Math.min(to, shown().length - 1))
    setAt(next)
    virtual.scrollToIndex(next)
    const row = shown()[next]
    // beside the list, details follow the row
    if (props.route.id && row) go(hrefOf({ view: 'modules', id: row.id, filter: filter() }), true)
  }
  const page = (): number => Math.max(1, Math.floor(list.clientHeight / 32) - 1)
  const steps: Readonly<Record<string, () => number>> = {
    ArrowDown: () => at() + 1,
    ArrowUp: () => at() - 1,
    PageDown: () => at() + page(),
    PageUp: () => at() - page(),
    Home: () => 0,
    End: () => shown().length - 1,
  }

  onKey((key, { target }) => {
    if (key === '/') {
      field.focus()
      field.select()
      return true
    }
    if (key === 'Escape') {
      if (target === field) {
        if (field.value === '') list.focus()
        else change({ q: '' })
      } else if (props.route.id) close()
      else return false
      return true
    }
    // elsewhere these keys scroll, or press what has the focus
    const inList = target === list || target === document.body
    if (!inList) return false
    const row = shown()[at()]
    if (key === 'Enter' && row) open(row.id)
    else if (steps[key]) move(steps[key]())
    else return false
    return true
  })

  return (
    <div class="modules" classList={{ open: props.route.id !== '' }}>
      <div class="list">
        <h1 class="hidden">Modules</h1>
        <Filters
          rows={rows()}
          filter={filter()}
          change={change}
          field={(element) => (field = element)}
          leave={() => {
            list.focus()
            if (at() < 0) setAt(0)
          }}
        />
        <p class="found" role="status">
          <Show when={shown().length < rows().length} fallback={plural(rows().length, 'module')}>
            {count(shown().length)} of {plural(rows().length, 'module')}
          </Show>
          <span class="hint">
            <kbd>/</kbd> filter <kbd>↑</kbd>
            <kbd>↓</kbd> move <kbd>Enter</kbd> open <kbd>Esc</kbd> back
          </span>
        </p>
        <div
          class="grid"
          role="grid"
          ref={list}
          tabindex="0"
          aria-label="Modules"
          aria-rowcount={shown().length + 1}
          aria-activedescendant={at() < 0 ? undefined : `row-${at()}`}
        >
          <Headings sort={filter().sort} change={(sort) => change({ sort })} />
          <div class="rows" role="rowgroup" style={{ height: `${virtual.getTotalSize()}px` }}>
            <For each={virtual.getVirtualItems()}>
              {(item) => (
                <Show when={shown()[item.index]}>
                  {(row) => (
                    <ModuleRow
                      row={row()}
                      index={item.index}
                      top={item.start - headingHeight}
                      height={item.size}
                      isActive={item.index === at()}
                      isOpen={row().id === props.route.id}
                      open={() => {
                        setAt(item.index)
                        open(row().id)
                      }}
                    />
                  )}
                </Show>
              )}
            </For>
          </div>
        </div>
        <Show when={shown().length === 0}>
          <p class="notice">No module fits.</p>
        </Show>
      </div>
      <Show when={props.route.id} keyed>
        {(id) => <Details id={id} run={props.run} source={props.source} close={close} />}
      </Show>
    </div>
  )
}

/** True where a row takes two lines. */
function createNarrow(): () => boolean {
  const query = window.matchMedia('(max-width: 720px)')
  const [narrow, setNarrow] = createSignal(query.matches)
  const listen = (): void => void setNarrow(query.matches)
  query.addEventListener('change', listen)
  onCleanup(() => query.removeEventListener('change', listen))
  return narrow
}
