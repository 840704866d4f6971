import { createEffect, createSignal, type Accessor } from 'solid-js'

export type Theme = 'light' | 'dark'

const place = 'remember-theme'

/** As the system has it, until the reader says otherwise. */
export function createTheme(): readonly [theme: Accessor<Theme>, toggle: () => void] {
  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  const [system, setSystem] = createSignal<Theme>(dark.matches ? 'dark' : 'light')
  dark.addEventListener('change', () => setSystem(dark.matches ? 'dark' : 'light'))
  const [chosen, choose] = createSignal(remembered())
  const theme = (): Theme => chosen() ?? system()
  createEffect(() => (document.documentElement.dataset['theme'] = theme()))
  return [
    theme,
    () => {
      const next = theme() === 'dark' ? 'light' : 'dark'
      choose(next)
      try {
        localStorage.setItem(place, next)
      } catch {
        // a file may have no storage
      }
    },
  ]
}

function remembered(): Theme | undefined {
  try {
    const theme = localStorage.getItem(place)
    return theme === 'light' || theme === 'dark' ? theme : undefined
  } catch {
    return undefined
  }
}
