import type { ReactNode } from 'react'

const headings = { note: 'Note', tip: 'Tip', warning: 'Careful' }

interface Props {
  kind?: keyof typeof headings
  children: ReactNode
}

export function Callout({ kind = 'note', children }: Props) {
  return (
    <aside className={`callout ${kind}`}>
      <strong>{headings[kind]}</strong>
      {children}
    </aside>
  )
}
