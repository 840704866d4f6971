/** Ids the user has picked, in the order they were picked. */
export function createSelection(initial: readonly string[] = []) {
  let ids = $state<string[]>([...initial])

  return {
    get ids(): readonly string[] {
      return ids
    },
    get count(): number {
      return ids.length
    },
    has: (id: string) => ids.includes(id),
    toggle(id: string) {
      ids = ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]
    },
    clear() {
      ids = []
    },
  }
}
