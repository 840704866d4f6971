import { lazy, Suspense, useState } from 'react'
import { Tabs } from './components/Tabs'
import { useBooks } from './hooks/useBooks'
import { ShelfPage } from './pages/ShelfPage'

const StatisticsPage = lazy(() => import('./pages/StatisticsPage'))
const CataloguePage = lazy(() => import('./pages/CataloguePage'))

const pages = ['Shelf', 'Statistics', 'Catalogue'] as const
type Page = (typeof pages)[number]

export function App() {
  const [page, setPage] = useState<Page>('Shelf')
  const [books, dispatch] = useBooks()

  return (
    <>
      <Tabs label="Pages" names={pages} active={page} onChange={setPage} />
      <Suspense fallback={<p>Loading {page.toLowerCase()}…</p>}>
        {page === 'Shelf' && <ShelfPage books={books} dispatch={dispatch} />}
        {page === 'Statistics' && <StatisticsPage books={books} />}
        {page === 'Catalogue' && <CataloguePage />}
      </Suspense>
    </>
  )
}
