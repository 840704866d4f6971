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
