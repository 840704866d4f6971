export { Card } from './Card.tsx'
export { Counter } from './Counter.tsx'
export { Table } from './Table.tsx'
