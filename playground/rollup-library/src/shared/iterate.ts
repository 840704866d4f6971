export function* take<T>(items: Iterable<T>, count: number): Generator<T> {
  if (count <= 0) return
  let taken = 0
  for (const item of items) {
    yield item
    if (++taken >= count) return
  }
}

export function* windows<T>(items: Iterable<T>, size: number): Generator<T[]> {
  const held: T[] = []
  for (const item of items) {
    held.push(item)
    if (held.length > size) held.shift()
    if (held.length === size) yield [...held]
  }
}

export function* range(from: number, to: number, step = 1): Generator<number> {
  for (let value = from; value < to; value += step) yield value
}

export async function* mapAsync<T, U>(
  items: AsyncIterable<T> | Iterable<T>,
  map: (item: T) => U | Promise<U>,
): AsyncGenerator<U> {
  for await (const item of items) yield await map(item)
}
