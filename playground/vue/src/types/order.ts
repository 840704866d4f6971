import type { Entity, PanelProps } from './base'

export type OrderStatus = 'draft' | 'confirmed' | 'packed' | 'shipped' | 'returned'

export interface OrderLine {
  sku: string
  label: string
  quantity: number
  price: number
}

export interface Order extends Entity {
  customer: string
  city: string
  status: OrderStatus
  lines: OrderLine[]
  express: boolean
}

export interface OrderListProps extends PanelProps {
  orders: Order[]
  selectedId?: string | null
}
