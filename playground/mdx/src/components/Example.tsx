import { useState, type ReactNode } from 'react'

interface Props {
  title: string
  open?: boolean
  children: ReactNode
}

/** A worked example that the reader can fold away. */
export function Example({ title, open = true, children }: Props) {
  const [shown, setShown] = useState(open)
  return (
    <figure>
      <figcaption>
        <button type="button" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {title}
        </button>
      </figcaption>
      {shown && children}
    </figure>
  )
}
