import { useEffect, useState, type Dispatch, type SetStateAction } from 'react'

function read<T>(key: string, initial: T): T {
  const stored = localStorage.getItem(key)
  if (stored === null) return initial
  try {
    return JSON.parse(stored) as T
  } catch {
    return initial
  }
}

/** State that survives a reload. */
export function useStored<T>(key: string, initial: T): [T, Dispatch<SetStateAction<T>>] {
  const [value, setValue] = useState(() => read(key, initial))
  useEffect(() => localStorage.setItem(key, JSON.stringify(value)), [key, value])
  return [value, setValue]
}
