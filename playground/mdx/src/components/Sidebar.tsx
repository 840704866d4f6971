import type { Article, Section } from '../pages'

interface Props {
  sections: readonly Section[]
  later: readonly string[]
  current: string
  onShow: (article: Article) => void
  onOpen: (name: string) => void
}

export function Sidebar({ sections, later, current, onShow, onOpen }: Props) {
  return (
    <nav aria-label="Documentation">
      {sections.map((section) => (
        <details key={section.name} open={section.name === 'Guides'}>
          <summary>{section.name}</summary>
          <ul>
            {section.articles.map((article) => (
              <li key={article.meta.title}>
                <button
                  type="button"
                  aria-current={article.meta.title === current ? 'page' : undefined}
                  onClick={() => onShow(article)}
                >
                  {article.meta.title}
                </button>
              </li>
            ))}
          </ul>
        </details>
      ))}
      {later.map((name) => (
        <button key={name} type="button" onClick={() => onOpen(name)}>
          {name}
        </button>
      ))}
    </nav>
  )
}
