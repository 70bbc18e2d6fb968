import type { watchlistContract } from '@marquee/contracts/watchlist'
import type { Client } from '@marquee/kit/contract'
import type { Database } from '@marquee/kit/sql'
import type { ImportRatings } from '../ratings/rate.ts'
import type { WriteReview } from '../reviews/write-review.ts'
import type { PendingRow, Written } from './import-store.ts'
import { cut } from './read/cells.ts'
import type { Fact, Skipped } from './read/fact.ts'
import { isWritten, type KnownReview } from './same-review.ts'
import { addViewings, viewingsOf } from './viewing-store.ts'

type Deps = {
  db: Database
  importRatings: ImportRatings
  writeReview: WriteReview
  /** What a person wrote about a film. */
  reviewsOf: (about: { userId: string; movieId: string }) => Promise<KnownReview[]>
  watchlist: Client<(typeof watchlistContract)['endpoints']>
  newId: () => string
}
type Outcome = { written: Written; skipped: Skipped[] }
type Row<Kind extends Fact['kind']> = PendingRow & { fact: Extract<Fact, { kind: Kind }> }

/** Writes a person's rows where they belong. Every part may be written again: what is there stays. */
export function createWriteRows({ db, importRatings, writeReview, reviewsOf, watchlist, newId }: Deps) {
  return async (userId: string, rows: readonly PendingRow[]): Promise<Outcome> => {
    const ratings = await rate(userId, of(rows, 'rating'))
    const wished = await wish(userId, of(rows, 'watchlist'))
    const viewings = of(rows, 'viewing').map(({ movieId, fact }) => ({ movieId, ...fact }))
    const diary = await db.transaction((tx) => addViewings(tx, { userId, viewings }, { newId }))
    const { reviews, skipped, same } = await review(userId, of(rows, 'review'))
    const unchanged = ratings.unchanged + wished.unchanged + viewings.length - diary + same
    return {
      written: { ratings: ratings.recorded, diary, reviews, watchlist: wished.added, unchanged },
      skipped,
    }
  }

  function rate(userId: string, rows: readonly Row<'rating'>[]) {
    return importRatings(
      rows.map(({ movieId, fact }) => ({ userId, movieId, stars: fact.stars, ratedAt: fact.at })),
    )
  }

  async function wish(userId: string, rows: readonly Row<'watchlist'>[]) {
    if (rows.length === 0) return { added: 0, unchanged: 0 }
    const films = rows.map(({ movieId, fact }) => ({ movieId, addedAt: fact.at }))
    return watchlist.asService().importWatchlist({ userId, films })
  }

  async function review(userId: string, rows: readonly Row<'review'>[]) {
    const skipped: Skipped[] = []
    let reviews = 0
    let same = 0
    for (const { movieId, fact, file, line } of rows) {
      const about = { userId, movieId }
      const [mine, viewings] = [await reviewsOf(about), await viewingsOf(db, about)]
      if (isWritten(fact, mine, viewings)) {
        same += 1
        continue
      }
      const { viewing, title, body, spoiler, at = viewing && `${viewing}T12:00:00Z` } = fact
      const reviewed = new Set(mine.map(({ diaryId }) => diaryId))
      const ofDay = viewings.filter(({ watchedOn }) => viewing !== null && watchedOn === viewing)
      const diaryId = (ofDay.find(({ id }) => !reviewed.has(id)) ?? ofDay[0])?.id
      const createdAt = at ? Temporal.Instant.from(at) : undefined
      const wrote = await writeReview({ userId, movieId, title, body, spoiler, diaryId, createdAt })
      if (wrote.ok) reviews += 1
      else {
        // Its film may have been removed since it was recognised.
        const reason = wrote.code === 'not-found' ? 'no-film' : 'already-reviewed'
        skipped.push({ file, line, reason, detail: cut(body, 80) })
      }
    }
    return { reviews, skipped, same }
  }
}
export type WriteRows = ReturnType<typeof createWriteRows>

function of<Kind extends Fact['kind']>(rows: readonly PendingRow[], kind: Kind): Row<Kind>[] {
  return rows.filter((row): row is Row<Kind> => row.fact.kind === kind)
}
