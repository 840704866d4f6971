/** Numbers that depend on nothing but the seed: mulberry32 over a hash of the given names. */
export function randomFrom(...names) {
  let state = hash(names.join('/'))

  function next() {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }

  /** Both ends included. */
  const integer = (from, to) => from + Math.floor(next() * (to - from + 1))
  const pick = (list) => list[integer(0, list.length - 1)]
  const chance = (share) => next() < share

  function shuffle(list) {
    const rest = [...list]
    for (let last = rest.length - 1; last > 0; last--) {
      const other = integer(0, last)
      ;[rest[last], rest[other]] = [rest[other], rest[last]]
    }
    return rest
  }

  /** Some of the list, in the list's order. */
  function sample(list, count) {
    const chosen = new Set(shuffle(list).slice(0, count))
    return list.filter((item) => chosen.has(item))
  }

  return { integer, pick, chance, shuffle, sample }
}

/** FNV-1a. */
function hash(text) {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  return value
}
