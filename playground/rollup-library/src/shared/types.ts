export type Comparable = string | number | bigint | boolean | Date
export type Listener<T> = (value: T) => void
export type Dispose = () => void

export interface Entity {
  id: string
  createdAt: string
}

export interface Clock {
  now(): number
}

export interface Issue {
  path: string
  message: string
}

export type Result<T> = { ok: true; value: T } | { ok: false; issues: Issue[] }
