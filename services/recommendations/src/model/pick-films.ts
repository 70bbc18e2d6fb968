import type { Neighbours } from './neighbours.ts'

/** How a person's ratings speak for their neighbours; the same in SQL (`pick-view.ts`). Chosen by measurement: docs/adr/0016. */
export const pickRule = {
  /** Only the latest so many are asked. */
  latest: 100,
  /** What lies this many ratings back counts half, */
  halfLife: 3,
  /** but never less than this. */
  floor: 0.01,
}

type Person = { films: Int32Array; stars: Uint8Array }

/** Scores films by the neighbours of what a person rated, oldest first; better liked and later ones speak louder. */
export function pickFilms(
  { films, stars }: Person,
  { starts, others, weights }: Neighbours,
  rule = pickRule,
): Map<number, number> {
  const scores = new Map<number, number>()
  const own = new Set(films)
  for (let back = 0; back < Math.min(rule.latest, films.length); back += 1) {
    const at = films.length - 1 - back
    const film = films[at] ?? 0
    const voice = ((rule.floor + 0.5 ** (back / rule.halfLife)) * (stars[at] ?? 0)) / 10
    for (let near = starts[film] ?? 0; near < (starts[film + 1] ?? 0); near += 1) {
      const other = others[near] ?? 0
      if (!own.has(other)) scores.set(other, (scores.get(other) ?? 0) + voice * (weights[near] ?? 0))
    }
  }
  return scores
}
