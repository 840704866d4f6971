import type { Component } from 'svelte'
import type { Entity } from '../types/base'

export interface Entry {
  name: string
  // Each component takes rows of its own record type.
  component: Component<any>
  rows: readonly Entity[]
}

export interface Group {
  name: string
  entries: readonly Entry[]
}
