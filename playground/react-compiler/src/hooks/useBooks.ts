import { useReducer, type Dispatch } from 'react'
import { books } from '../data/books'
import type { Book, Shelf } from '../types'

export type BookAction =
  | { type: 'move'; id: string; shelf: Shelf }
  | { type: 'rate'; id: string; rating: number }
  | { type: 'read'; id: string; pages: number }
  | { type: 'remove'; id: string }

function change(list: Book[], id: string, update: (book: Book) => Partial<Book>): Book[] {
  return list.map((book) => (book.id === id ? { ...book, ...update(book) } : book))
}

function reduce(list: Book[], action: BookAction): Book[] {
  switch (action.type) {
    case 'move':
      return change(list, action.id, () => ({ shelf: action.shelf }))
    case 'rate':
      return change(list, action.id, () => ({ rating: action.rating }))
    case 'read':
      return change(list, action.id, (book) => {
        const progress = Math.min(book.pages, book.progress + action.pages)
        return { progress, shelf: progress === book.pages ? 'read' : 'reading' }
      })
    case 'remove':
      return list.filter((book) => book.id !== action.id)
  }
}

export function useBooks(): [Book[], Dispatch<BookAction>] {
  return useReducer(reduce, books)
}
