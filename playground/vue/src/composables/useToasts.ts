import { readonly, shallowRef } from 'vue'
import type { Tone } from '../types/base'

export interface Toast {
  id: number
  text: string
  tone: Tone
}

const toasts = shallowRef<Toast[]>([])
let lastId = 0

export function useToasts() {
  function dismiss(id: number) {
    toasts.value = toasts.value.filter((toast) => toast.id !== id)
  }

  function show(text: string, tone: Tone = 'neutral') {
    const id = ++lastId
    toasts.value = [...toasts.value, { id, text, tone }]
    setTimeout(() => dismiss(id), 4000)
  }

  return { toasts: readonly(toasts), show, dismiss }
}
