import { type Fact, filmKey, type ReadRow } from './fact.ts'
import { takeTurns } from './turns.ts'

type Viewing = Extract<Fact, { kind: 'viewing' }>
type Rating = Extract<Fact, { kind: 'rating' }>

/**
 * What a whole export says, each thing once: files overlap (a review repeats its viewing, a viewing repeats
 * the rating). The newest rating of a film counts; a film only marked as watched or liked becomes an
 * undated viewing when nothing else tells that it was seen, or no dated viewing can carry the like.
 */
export async function gather(rows: readonly ReadRow[]): Promise<ReadRow[]> {
  const turn = takeTurns(250)
  const gathered: ReadRow[] = []
  for (const ofFilm of Map.groupBy(rows, ({ film }) => filmKey(film)).values()) {
    for (const row of ofOneFilm(ofFilm)) gathered.push(row)
    await turn()
  }
  return gathered
}

function ofOneFilm(rows: readonly ReadRow[]): ReadRow[] {
  const viewings = viewingsOf(rows)
  const rating = newestRating(rows)
  const dated = viewings.some(({ fact }) => fact.watchedOn !== null)
  const told = viewings.filter(
    ({ fact }) =>
      !(rating || dated) || fact.watchedOn !== null || mattersUndated(fact) || (fact.liked && !dated),
  )
  const others = rows.filter(({ fact }) => fact.kind === 'review' || fact.kind === 'watchlist')
  return [...(rating ? [rating] : []), ...told, ...others]
}

const mattersUndated = ({ tags, note, stars }: Viewing) => tags.length > 0 || note !== '' || stars !== null

function viewingsOf(rows: readonly ReadRow[]) {
  const byKey = new Map<string, ReadRow & { fact: Viewing }>()
  let liked = false
  for (const row of rows) {
    if (row.fact.kind !== 'viewing') continue
    liked ||= row.fact.liked && row.fact.watchedOn === null
    const known = byKey.get(row.fact.key)
    byKey.set(
      row.fact.key,
      known ? { ...known, fact: merge(known.fact, row.fact) } : { ...row, fact: row.fact },
    )
  }
  const viewings = [...byKey.values()].sort((one, other) => (one.fact.key < other.fact.key ? -1 : 1))
  // Elsewhere a film is liked, here a viewing is: the latest with a date.
  const latest = viewings.findLast(({ fact }) => fact.watchedOn !== null)
  if (liked && latest) latest.fact = { ...latest.fact, liked: true }
  return viewings
}

function merge(one: Viewing, other: Viewing): Viewing {
  return {
    ...one,
    stars: one.stars ?? other.stars,
    liked: one.liked || other.liked,
    rewatch: one.rewatch || other.rewatch,
    tags: [...new Set([...one.tags, ...other.tags])].slice(0, 20),
    note: one.note || other.note,
  }
}

function newestRating(rows: readonly ReadRow[]): (ReadRow & { fact: Rating }) | undefined {
  let newest: (ReadRow & { fact: Rating }) | undefined
  for (const { fact, ...row } of rows) {
    const rating = ratingIn(fact)
    if (rating && (!newest || newest.fact.at < rating.at)) newest = { ...row, fact: rating }
  }
  return newest
}

function ratingIn(fact: Fact): Rating | undefined {
  if (fact.kind === 'rating') return fact
  if (fact.kind !== 'viewing' || fact.stars === null || fact.watchedOn === null) return undefined
  return { kind: 'rating', stars: fact.stars, at: `${fact.watchedOn}T00:00:00Z` }
}
