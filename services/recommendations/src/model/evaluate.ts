import type { Histories } from './histories.ts'
import { findNeighbours } from './neighbours.ts'
import { pickFilms } from './pick-films.ts'

export type Quality = { hitRate: number; ndcg: number }
export type Evaluation = { people: number; ratings: number; personal: Quality; popularity: Quality }

/**
 * Leave-last-out: everybody's newest rating is held back, everything else is what the model and the baseline know, and
 * the film held back is looked for among the best `picks` of all films that the person had not rated.
 * NDCG of one relevant film at rank r (from 1) is 1 / log2(r + 1): Järvelin and Kekäläinen 2002.
 */
export function evaluate(all: Histories, picks: number): Evaluation {
  const { known, held } = holdBackLast(all)
  const neighbours = findNeighbours(known)
  const popularity = new Map<number, number>()
  for (const film of known.films) popularity.set(film, (popularity.get(film) ?? 0) + 1)
  const liked = best(popularity)
  const personal = { hits: 0, gain: 0 }
  const popular = { hits: 0, gain: 0 }

  for (const [person, film] of held.entries()) {
    const slice = [known.starts[person], known.starts[person + 1]] as const
    const mine = { films: known.films.subarray(...slice), stars: known.stars.subarray(...slice) }
    const own = new Set(mine.films)
    const picked = best(pickFilms(mine, neighbours)).slice(0, picks)
    count(personal, picked.indexOf(film))
    const unseen: number[] = []
    for (const one of liked) {
      if (own.has(one)) continue
      if (unseen.push(one) === picks) break
    }
    count(popular, unseen.indexOf(film))
  }
  const quality = ({ hits, gain }: { hits: number; gain: number }): Quality => ({
    hitRate: held.length > 0 ? hits / held.length : 0,
    ndcg: held.length > 0 ? gain / held.length : 0,
  })
  return {
    people: held.length,
    ratings: all.films.length,
    personal: quality(personal),
    popularity: quality(popular),
  }
}

function count(tally: { hits: number; gain: number }, index: number): void {
  if (index < 0) return
  tally.hits += 1
  tally.gain += 1 / Math.log2(index + 2)
}

/** Highest first; equal ones by number, so that the same data gives the same figures. */
const best = (scores: ReadonlyMap<number, number>): number[] =>
  [...scores].sort(([a, one], [b, other]) => other - one || a - b).map(([film]) => film)

/** People with one rating have nothing to go by and are left out. */
function holdBackLast({ starts, films, stars, filmCount }: Histories) {
  const held: number[] = []
  const known = { starts: [0], films: [] as number[], stars: [] as number[] }
  for (let person = 0; person + 1 < starts.length; person += 1) {
    const from = starts[person] ?? 0
    const last = (starts[person + 1] ?? 0) - 1
    if (last <= from) continue
    for (let at = from; at < last; at += 1) {
      known.films.push(films[at] ?? 0)
      known.stars.push(stars[at] ?? 0)
    }
    known.starts.push(known.films.length)
    held.push(films[last] ?? 0)
  }
  return {
    held,
    known: {
      starts: Int32Array.from(known.starts),
      films: Int32Array.from(known.films),
      stars: Uint8Array.from(known.stars),
      filmCount,
    },
  }
}
