import type { ComponentType } from 'react'
import * as configuration from './configuration.mdx'
import * as installation from './installation.mdx'
import * as introduction from './introduction.mdx'
import * as streaming from './streaming.mdx'

export interface Article {
  default: ComponentType<{ components?: object }>
  meta: { title: string; minutes?: number }
}

export interface Section {
  name: string
  articles: readonly Article[]
}

export const guides: readonly Article[] = [introduction, installation, configuration, streaming]
