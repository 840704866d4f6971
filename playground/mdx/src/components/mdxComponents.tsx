import type { ComponentProps } from 'react'
import { Callout } from './Callout'

function Anchor({ href = '', ...rest }: ComponentProps<'a'>) {
  const external = /^https?:/.test(href)
  return <a href={href} rel={external ? 'noreferrer' : undefined} {...rest} />
}

/** What every article gets without importing it. */
export const mdxComponents = { a: Anchor, Callout, Aside: Callout }
