declare module '*.mdx' {
  import type { ComponentType } from 'react'

  export const meta: { title: string; minutes?: number }
  const Content: ComponentType<{ components?: object }>
  export default Content
}
