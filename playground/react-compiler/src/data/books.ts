import type { Book } from '../types'

export const books: Book[] = [
  {
    id: 'b1',
    createdAt: '2025-01-04T10:00:00Z',
    title: 'The Left Hand of Darkness',
    author: 'Ursula K. Le Guin',
    pages: 304,
    progress: 304,
    rating: 5,
    shelf: 'read',
  },
  {
    id: 'b2',
    createdAt: '2025-01-19T10:00:00Z',
    title: 'Austerlitz',
    author: 'W. G. Sebald',
    pages: 415,
    progress: 120,
    rating: 0,
    shelf: 'reading',
  },
  {
    id: 'b3',
    createdAt: '2025-02-11T10:00:00Z',
    title: 'Flights',
    author: 'Olga Tokarczuk',
    pages: 416,
    progress: 0,
    rating: 0,
    shelf: 'wanted',
  },
  {
    id: 'b4',
    createdAt: '2025-02-28T10:00:00Z',
    title: 'Ficciones',
    author: 'Jorge Luis Borges',
    pages: 174,
    progress: 60,
    rating: 3,
    shelf: 'abandoned',
  },
]
