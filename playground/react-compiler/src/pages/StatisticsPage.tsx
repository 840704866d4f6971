import { Panel } from '../components/Panel'
import ChartIcon from '../icons/chart.svg?react'
import { averageBy, groupBy, sumBy } from '../lib/collections'
import { formatNumber, formatPercent } from '../lib/format'
import type { Book } from '../types'

export default function StatisticsPage({ books }: { books: Book[] }) {
  const pages = sumBy(books, (book) => book.pages)
  const read = sumBy(books, (book) => book.progress)
  const rated = books.filter((book) => book.rating > 0)

  return (
    <Panel title="Statistics" actions={<ChartIcon />}>
      <dl>
        <dt>Pages read</dt>
        <dd>
          {formatNumber(read)} of {formatNumber(pages)} ({formatPercent(read, pages)})
        </dd>
        <dt>Average rating</dt>
        <dd>
          {formatNumber(
            averageBy(rated, (book) => book.rating),
            1,
          )}
        </dd>
        {groupBy(books, (book) => book.shelf).map(([shelf, group]) => (
          <div key={shelf}>
            <dt>{shelf}</dt>
            <dd>{group.length}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
