import { onMounted, onUnmounted, ref, type Ref } from 'vue'

/** The path behind the `#` of the address, followed while the component lives. */
export function useHashRoute(): { path: Ref<string>; go: (path: string) => void } {
  const read = () => window.location.hash.slice(1) || '/'
  const path = ref(read())
  const update = () => {
    path.value = read()
  }

  onMounted(() => window.addEventListener('hashchange', update))
  onUnmounted(() => window.removeEventListener('hashchange', update))

  return {
    path,
    go(next) {
      window.location.hash = next
    },
  }
}
