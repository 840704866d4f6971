import type { ComponentType } from 'react'
import type { Entity } from '../types'

export interface Entry {
  name: string
  // Each component takes rows of its own record type.
  component: ComponentType<any>
  rows: readonly Entity[]
}

export interface Group {
  name: string
  entries: readonly Entry[]
}
