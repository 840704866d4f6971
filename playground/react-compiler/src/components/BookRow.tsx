import type { Dispatch } from 'react'
import type { BookAction } from '../hooks/useBooks'
import { formatDate } from '../lib/format'
import type { Book, Shelf, Tone } from '../types'
import { Badge } from './Badge'
import { ProgressRing } from './ProgressRing'
import { Rating } from './Rating'

const tones: Record<Shelf, Tone> = {
  wanted: 'neutral',
  reading: 'warn',
  read: 'good',
  abandoned: 'bad',
}

export function BookRow({ book, dispatch }: { book: Book; dispatch: Dispatch<BookAction> }) {
  const left = book.pages - book.progress

  return (
    <li>
      <ProgressRing part={book.progress} whole={book.pages} />
      <div>
        <strong>{book.title}</strong> <span>{book.author}</span>
        <small>since {formatDate(book.createdAt)}</small>
      </div>
      <Badge tone={tones[book.shelf]}>{book.shelf}</Badge>
      {left > 0 ? (
        <button
          type="button"
          onClick={() => dispatch({ type: 'read', id: book.id, pages: Math.min(20, left) })}
        >
          Read {Math.min(20, left)} pages
        </button>
      ) : (
        <Rating
          value={book.rating}
          onRate={(rating) => dispatch({ type: 'rate', id: book.id, rating })}
        />
      )}
      <button type="button" onClick={() => dispatch({ type: 'remove', id: book.id })}>
        Remove
      </button>
    </li>
  )
}
