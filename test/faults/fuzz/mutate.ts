import type { Random } from '../../../scripts/generate/random.mjs'

/** Numbers that are the edge of something. */
const edges = [0, 1, 127, 128, 255, 256, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff]

/** Bytes that were a sample once: some changed, put in, taken out, doubled or replaced by those of another one. */
export function mutate(sample: Buffer, samples: readonly Buffer[], random: Random): Buffer {
  let bytes: Buffer = Buffer.from(sample)
  for (let times = random.integer(1, 4); times > 0; times--)
    bytes = mutateOnce(bytes, samples, random)
  return bytes
}

function mutateOnce(bytes: Buffer, samples: readonly Buffer[], random: Random): Buffer {
  const { length } = bytes
  const at = random.integer(0, Math.max(0, length - 1))
  const end = Math.min(length, at + random.integer(1, 16))
  switch (random.integer(0, 8)) {
    case 0:
      if (length > 0) bytes[at]! ^= 1 << random.integer(0, 7)
      return bytes
    case 1:
      if (length > 0) bytes[at] = random.integer(0, 255)
      return bytes
    case 2:
      if (at + 4 <= length) bytes.writeUInt32LE(random.pick(edges), at)
      return bytes
    case 3:
      if (at + 8 <= length)
        bytes.writeBigUInt64LE(BigInt(random.pick(edges)) << BigInt(random.integer(0, 32)), at)
      return bytes
    case 4:
      return bytes.subarray(0, at)
    case 5:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)])
    case 6:
      return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)])
    case 7:
      return Buffer.concat([bytes.subarray(0, at), randomBytes(random), bytes.subarray(at)])
    default: {
      const other = random.pick(samples)
      const from = random.integer(0, Math.max(0, other.length - 1))
      return Buffer.concat([
        bytes.subarray(0, at),
        other.subarray(from, from + 40),
        bytes.subarray(end),
      ])
    }
  }
}

export function randomBytes(random: Random): Buffer {
  return Buffer.from(Array.from({ length: random.integer(0, 64) }, () => random.integer(0, 255)))
}

/** Plain data that was a sample once: somewhere in it there is something else. */
export function mutateData(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.chance(0.2))
    return randomData(random, 3)
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...value }
  const labels = Object.keys(copy)
  if (labels.length === 0) return randomData(random, 3)
  const label = random.pick(labels)
  const table = copy as Record<string, unknown>
  const others = labelsOfOthers.filter((other) => !(other === 'length' && Array.isArray(copy)))
  // `__proto__` is data
  const set = (name: string, held: unknown): void => {
    const how = { value: held, enumerable: true, configurable: true, writable: true }
    Object.defineProperty(copy, name, how)
  }
  const what = random.integer(0, 9)
  if (what === 0) delete table[label]
  else if (what === 1) set(random.pick(others), table[label])
  else set(label, mutateData(table[label], random))
  return copy
}

const labelsOfOthers = ['__proto__', 'constructor', 'length', 'toString', '0', '-1', '4294967295']

function randomData(random: Random, depth: number): unknown {
  const leaves: unknown[] = [
    null,
    true,
    '',
    'text',
    '__proto__',
    0,
    -1,
    1.5,
    1e308,
    2 ** 53,
    'f'.repeat(32),
  ]
  if (depth === 0 || random.chance(0.6)) return random.pick(leaves)
  const items = Array.from({ length: random.integer(0, 4) }, () => randomData(random, depth - 1))
  if (random.chance(0.5)) return items
  return Object.fromEntries(
    items.map((item, i) => [random.pick([...labelsOfOthers, `l${i}`]), item]),
  )
}
