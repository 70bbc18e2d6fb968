export type Random = (() => number) & { shuffled: (words: readonly string[]) => string[] }

/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const shuffled = (words: readonly string[]) =>
    words
      .map((word) => ({ word, place: next() }))
      .toSorted((one, other) => one.place - other.place)
      .map(({ word }) => word)
  return Object.assign(next, { shuffled })
}
