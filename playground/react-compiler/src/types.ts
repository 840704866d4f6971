/** What every stored record has. */
export interface Entity {
  id: string
  createdAt: string
}

/** What every panel can be told. */
export interface PanelProps {
  title: string
  dense?: boolean
  currency?: string
}

export type Tone = 'neutral' | 'good' | 'warn' | 'bad'

export type Shelf = 'wanted' | 'reading' | 'read' | 'abandoned'

export interface Book extends Entity {
  title: string
  author: string
  pages: number
  progress: number
  rating: number
  shelf: Shelf
}
