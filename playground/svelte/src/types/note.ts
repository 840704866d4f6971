import type { Entity } from './base'

export type Habitat = 'forest' | 'meadow' | 'shore' | 'town'

export interface Place {
  name: string
  habitat: Habitat
}

export interface Note extends Entity {
  species: string
  count: number
  place: Place
  certain: boolean
  remark: string
}

export type NoteDraft = Omit<Note, 'id' | 'createdAt'>
