import { notes } from '../data/notes'
import { groupBy, sumBy } from '../lib/collections'
import type { Habitat, Note, NoteDraft } from '../types/note'

export class Notebook {
  all = $state<Note[]>([])
  habitat = $state<Habitat | 'any'>('any')
  #lastId = 0

  visible = $derived(
    this.habitat === 'any'
      ? this.all
      : this.all.filter((note) => note.place.habitat === this.habitat),
  )
  animals = $derived(sumBy(this.visible, (note) => note.count))
  bySpecies = $derived.by(() =>
    groupBy(this.visible, (note) => note.species).map(([species, group]) => ({
      species,
      count: sumBy(group, (note) => note.count),
      certain: group.every((note) => note.certain),
    })),
  )

  constructor(initial: readonly Note[]) {
    this.all = [...initial]
    this.#lastId = initial.length
  }

  add(draft: NoteDraft, at: Date): void {
    this.#lastId += 1
    this.all.push({ ...draft, id: `n${this.#lastId}`, createdAt: at.toISOString() })
  }

  remove(id: string): void {
    this.all = this.all.filter((note) => note.id !== id)
  }
}

export const notebook = new Notebook(notes)
