import { useState, type Dispatch } from 'react'
import { BookRow } from '../components/BookRow'
import { Panel } from '../components/Panel'
import { SearchBox } from '../components/SearchBox'
import type { BookAction } from '../hooks/useBooks'
import { useDebounced } from '../hooks/useDebounced'
import { useStored } from '../hooks/useStored'
import BookIcon from '../icons/book.svg?react'
import { matches, orderBy } from '../lib/collections'
import { plural } from '../lib/format'
import type { Book } from '../types'

type Order = 'title' | 'author' | 'createdAt'
const orders: readonly Order[] = ['title', 'author', 'createdAt']

export function ShelfPage({ books, dispatch }: { books: Book[]; dispatch: Dispatch<BookAction> }) {
  const [query, setQuery] = useState('')
  const [order, setOrder] = useStored<Order>('shelf-order', 'title')
  const settled = useDebounced(query)

  const found = books.filter((book) => matches(settled, book.title, book.author))
  const sorted = orderBy(found, (book) => book[order])

  return (
    <Panel
      title="Shelf"
      hint={plural(sorted.length, 'book')}
      actions={<SearchBox label="Find a book" value={query} onChange={setQuery} />}
      footer={
        <select value={order} onChange={(event) => setOrder(event.target.value as Order)}>
          {orders.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      }
    >
      {sorted.length === 0 ? (
        <p>
          <BookIcon /> Nothing by that name.
        </p>
      ) : (
        <ul>
          {sorted.map((book) => (
            <BookRow key={book.id} book={book} dispatch={dispatch} />
          ))}
        </ul>
      )}
    </Panel>
  )
}
