import { inject, reactive, watch, type InjectionKey } from 'vue'

export interface Preferences {
  currency: string
  dense: boolean
  accent: string
}

export const preferencesKey: InjectionKey<Preferences> = Symbol('preferences')

const defaults: Preferences = { currency: 'EUR', dense: false, accent: '#2f6f5e' }

function read(): Preferences {
  try {
    return { ...defaults, ...JSON.parse(localStorage.getItem('depot') ?? '{}') }
  } catch {
    return { ...defaults }
  }
}

export function usePreferences(): Preferences {
  const preferences = reactive(read())
  watch(preferences, (value) => localStorage.setItem('depot', JSON.stringify(value)))
  return preferences
}

export function injectPreferences(): Preferences {
  return inject(preferencesKey, defaults)
}
