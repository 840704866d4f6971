/**
 * Files that changed while a dev server of this process ran. A plugin with state
 * per file may answer differently from then on: plugin-vue compares a component
 * with what it was before (`prevCache`, which outlives a restart of the server).
 */
const edited = new Set<string>()

export function noteEdited(file: string): void {
  edited.add(file)
}

export function wasEdited(file: string): boolean {
  return edited.has(file)
}
