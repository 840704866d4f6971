import { onCleanup } from 'solid-js'

/**
 * Listens to keys while this part of the page is there. Not while somebody types, but for `Escape`.
 *
 * @param handle answers true when the key was for it
 */
export function onKey(handle: (key: string, event: KeyboardEvent) => boolean): void {
  const listen = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    const field = event.target instanceof HTMLElement && event.target.matches('input, select')
    if (field && event.key !== 'Escape') return
    if (handle(event.key, event)) event.preventDefault()
  }
  document.addEventListener('keydown', listen)
  onCleanup(() => document.removeEventListener('keydown', listen))
}
