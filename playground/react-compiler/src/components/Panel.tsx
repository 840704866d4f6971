import { useId, type ReactNode } from 'react'
import styles from './Panel.module.css'

interface Props {
  title: string
  hint?: string
  dense?: boolean
  actions?: ReactNode
  footer?: ReactNode
  children: ReactNode
}

export function Panel({ title, hint, dense = false, actions, footer, children }: Props) {
  const headingId = useId()
  return (
    <section className={dense ? styles.dense : styles.panel} aria-labelledby={headingId}>
      <header className={styles.header}>
        <h2 id={headingId}>{title}</h2>
        {hint && <p>{hint}</p>}
        {actions}
      </header>
      {children}
      {footer && <footer className={styles.footer}>{footer}</footer>}
    </section>
  )
}
