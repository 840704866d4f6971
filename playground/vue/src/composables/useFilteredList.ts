import { computed, ref, toValue, type ComputedRef, type MaybeRefOrGetter, type Ref } from 'vue'
import { matches } from '../lib/collections'

interface FilteredList<T> {
  query: Ref<string>
  visible: ComputedRef<T[]>
  isEmpty: ComputedRef<boolean>
  reset: () => void
}

/** Rows whose text contains what the user typed. */
export function useFilteredList<T>(
  rows: MaybeRefOrGetter<readonly T[]>,
  text: (row: T) => readonly string[],
): FilteredList<T> {
  const query = ref('')
  const visible = computed(() => toValue(rows).filter((row) => matches(query.value, ...text(row))))
  const isEmpty = computed(() => visible.value.length === 0)
  return { query, visible, isEmpty, reset: () => void (query.value = '') }
}
