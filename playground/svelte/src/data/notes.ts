import type { Note } from '../types/note'

export const notes: Note[] = [
  {
    id: 'n1',
    createdAt: '2025-04-02T06:10:00Z',
    species: 'Blackcap',
    count: 3,
    place: { name: 'Old orchard', habitat: 'meadow' },
    certain: true,
    remark: 'Two singing, one silent in the hedge.',
  },
  {
    id: 'n2',
    createdAt: '2025-04-02T06:45:00Z',
    species: 'Sandpiper',
    count: 1,
    place: { name: 'Gravel bank', habitat: 'shore' },
    certain: false,
    remark: 'Seen against the light.',
  },
  {
    id: 'n3',
    createdAt: '2025-04-05T19:20:00Z',
    species: 'Noctule',
    count: 12,
    place: { name: 'Chapel lane', habitat: 'town' },
    certain: true,
    remark: 'Left the roof within five minutes.',
  },
  {
    id: 'n4',
    createdAt: '2025-04-11T05:55:00Z',
    species: 'Wood warbler',
    count: 2,
    place: { name: 'Beech slope', habitat: 'forest' },
    certain: true,
    remark: '',
  },
]
