import { useState } from 'react'
import { groups, lazyGroups } from './catalogue'
import { Sidebar } from './components/Sidebar'
import { mdxComponents } from './components/mdxComponents'
import { guides, type Article } from './pages'

const sections = [{ name: 'Guides', articles: guides }, ...groups]

export function App() {
  const [{ default: Content, meta }, show] = useState<Article>(guides[0]!)

  return (
    <>
      <Sidebar
        sections={sections}
        later={Object.keys(lazyGroups)}
        current={meta.title}
        onShow={(article) => show(article)}
        onOpen={async (name) => {
          const group = await lazyGroups[name]!()
          show(group.articles[0]!)
        }}
      />
      <main>
        <Content components={mdxComponents} />
        <footer>About {meta.minutes ?? 1} minutes to read.</footer>
      </main>
    </>
  )
}
