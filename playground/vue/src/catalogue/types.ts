import type { Component } from 'vue'
import type { Entity } from '../types/base'

export interface Entry {
  name: string
  component: Component
  rows: readonly Entity[]
}

export interface Group {
  name: string
  entries: readonly Entry[]
}
