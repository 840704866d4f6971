import type { Order } from '../types/order'

export const orders: Order[] = [
  {
    id: 'A-1041',
    createdAt: '2025-03-02T09:20:00Z',
    customer: 'Marta Kowalska',
    city: 'Gdańsk',
    status: 'shipped',
    express: true,
    lines: [
      { sku: 'LMP-2', label: 'Desk lamp', quantity: 2, price: 39.5 },
      { sku: 'CBL-9', label: 'Cable, 3 m', quantity: 4, price: 6.2 },
    ],
  },
  {
    id: 'A-1042',
    createdAt: '2025-03-03T14:05:00Z',
    customer: 'Jonas Lind',
    city: 'Malmö',
    status: 'packed',
    express: false,
    lines: [{ sku: 'CHR-1', label: 'Folding chair', quantity: 12, price: 24 }],
  },
  {
    id: 'A-1043',
    createdAt: '2025-03-05T08:41:00Z',
    customer: 'Inês Duarte',
    city: 'Porto',
    status: 'draft',
    express: false,
    lines: [
      { sku: 'SHL-4', label: 'Shelf board', quantity: 6, price: 17.9 },
      { sku: 'BRK-4', label: 'Shelf bracket', quantity: 12, price: 3.4 },
    ],
  },
  {
    id: 'A-1044',
    createdAt: '2025-03-05T16:12:00Z',
    customer: 'Tom de Vries',
    city: 'Utrecht',
    status: 'returned',
    express: true,
    lines: [{ sku: 'LMP-2', label: 'Desk lamp', quantity: 1, price: 39.5 }],
  },
]
