import type { Histories } from './histories.ts'

/** Chosen by measurement: docs/adr/0016. */
export const neighbourRule = {
  /** Ratings of one person further apart than this many say nothing of each other: work grows with ratings, not their square. */
  window: 50,
  /** Two ratings `apart` places from each other count 1 / (1 + apart / fade). */
  fade: 5,
  /** What few people say counts less: times c / (c + shrink). Herlocker, Konstan, Riedl 2002, "significance weighting". */
  shrink: 3,
  /** Nearest films kept for each film. */
  kept: 100,
}

/** The nearest films of every film: those of film `f` are at `starts[f]` until `starts[f + 1]`, nearest first. */
export type Neighbours = { starts: Int32Array; others: Int32Array; weights: Float32Array }

/**
 * Item-to-item: films that the same people rated near one another in time are near. Cosine of co-occurrence, each pair
 * weighted by how far apart its ratings are (Sarwar et al. 2001; Deshpande and Karypis 2004).
 */
export function findNeighbours(histories: Histories, rule = neighbourRule): Neighbours {
  const { starts, films, filmCount } = histories
  const { bounds, places, personOf } = byFilm(histories)
  const nearness = Float32Array.from({ length: rule.window + 1 }, (_, apart) => 1 / (1 + apart / rule.fade))
  const together = new Float32Array(filmCount)
  const given = { starts: new Int32Array(filmCount + 1), others: [] as number[], weights: [] as number[] }

  for (let film = 0; film < filmCount; film += 1) {
    const met: number[] = []
    const from = bounds[film] ?? 0
    const until = bounds[film + 1] ?? 0
    for (let at = from; at < until; at += 1) {
      const place = places[at] ?? 0
      const person = personOf[place] ?? 0
      const first = Math.max(starts[person] ?? 0, place - rule.window)
      const last = Math.min((starts[person + 1] ?? 0) - 1, place + rule.window)
      for (let other = first; other <= last; other += 1) {
        if (other === place) continue
        const number = films[other] ?? 0
        if (together[number] === 0) met.push(number)
        together[number] = (together[number] ?? 0) + (nearness[Math.abs(other - place)] ?? 0)
      }
    }
    const found = met.map((other) => {
      const shared = together[other] ?? 0
      together[other] = 0
      const people = (until - from) * ((bounds[other + 1] ?? 0) - (bounds[other] ?? 0))
      return { other, weight: (shared / Math.sqrt(people)) * (shared / (shared + rule.shrink)) }
    })
    for (const { other, weight } of found
      .sort((a, b) => b.weight - a.weight || a.other - b.other)
      .slice(0, rule.kept)) {
      given.others.push(other)
      given.weights.push(weight)
    }
    given.starts[film + 1] = given.others.length
  }
  return {
    starts: given.starts,
    others: Int32Array.from(given.others),
    weights: Float32Array.from(given.weights),
  }
}

/** Where each film was rated: its places are at `bounds[film]` until `bounds[film + 1]`. */
function byFilm({ starts, films, filmCount }: Histories) {
  const bounds = new Int32Array(filmCount + 1)
  for (const film of films) bounds[film + 1] = (bounds[film + 1] ?? 0) + 1
  for (let film = 0; film < filmCount; film += 1)
    bounds[film + 1] = (bounds[film + 1] ?? 0) + (bounds[film] ?? 0)
  const next = bounds.slice()
  const places = new Int32Array(films.length)
  const personOf = new Int32Array(films.length)
  for (let person = 0; person + 1 < starts.length; person += 1)
    for (let place = starts[person] ?? 0; place < (starts[person + 1] ?? 0); place += 1) {
      const film = films[place] ?? 0
      const at = next[film] ?? 0
      places[at] = place
      next[film] = at + 1
      personOf[place] = person
    }
  return { bounds, places, personOf }
}
