import type { CopySkipped } from '@marquee/contracts/theaters'
import type { Database, Transaction } from '@marquee/kit/sql'
import type { z } from 'zod'
import type { Announce } from './announce.ts'
import { type House, readHouse } from './house.ts'
import { onCinemaDay } from './local-time.ts'
import { type MovieCopy, movieStore } from './movie-store.ts'
import { type Plan, planShow } from './plan-show.ts'
import { type ShowRecord, showStore } from './show-store.ts'

type Deps = { db: Database; announce: Announce; newId: () => string }
type Skipped = z.infer<typeof CopySkipped>
type Why = Pick<Skipped, 'reason' | 'zones' | 'clash'>
type Outcome = { created: string[]; skipped: Skipped[] }

/** Repeats a day's shows on other days at the same times; what cannot be is skipped and told. */
export function createCopyDay({ db, announce, newId }: Deps) {
  return async (theaterId: string, from: string, to: readonly string[]): Promise<Outcome | undefined> =>
    db.transaction(async (tx) => {
      const house = await readHouse(tx, theaterId, true)
      if (!house) return undefined
      const shows = await showStore.ofDay(tx, theaterId, from)
      const movies = await movieStore.find(
        tx,
        shows.map((show) => show.movie_id),
      )
      const outcome: Outcome = { created: [], skipped: [] }
      for (const day of new Set(to))
        for (const show of shows) {
          const localStart = onCinemaDay(show.local_start, show.day, day)
          const copied = await copy(tx, {
            house,
            show,
            movie: movies.get(show.movie_id),
            localStart,
            id: newId(),
          })
          const screenName = house.screens.find((screen) => screen.id === show.screen_id)?.name ?? ''
          if (copied.ok) outcome.created.push(copied.id)
          else {
            const movieTitle = movies.get(show.movie_id)?.title ?? ''
            outcome.skipped.push({ localStart, screenName, movieTitle, ...copied.why })
          }
        }
      await announce.scheduled(tx, outcome.created)
      return outcome
    })
}

type Copy = { house: House; show: ShowRecord; movie: MovieCopy | undefined; localStart: string; id: string }

async function copy(
  tx: Transaction,
  { house, show, movie, localStart, id }: Copy,
): Promise<{ ok: true; id: string } | { ok: false; why: Why }> {
  if (!movie || movie.deleted) return { ok: false, why: { reason: 'film-gone' } }
  const plan = planShow(house, movie, {
    id,
    screenId: show.screen_id,
    localStart,
    format: show.format,
    language: show.language,
    subtitles: show.subtitles,
    access: show.access,
    ...pricesLike(show),
  })
  if (!plan.ok) return { ok: false, why: whyNot(plan) }
  const inserted = await showStore.insertFree(tx, [plan.show])
  if (inserted.size > 0) return { ok: true, id }
  const clash = await showStore.clashWith(tx, plan.show)
  return {
    ok: false,
    why: {
      reason: 'screen-busy',
      ...(clash ? { clash: { movieTitle: clash.movie_title, localStart: clash.local_start } } : {}),
    },
  }
}

function pricesLike(show: ShowRecord) {
  if (show.priced_by === 'time') return {}
  return show.price_card_id ? { priceCardId: show.price_card_id } : { prices: show.prices }
}

function whyNot(plan: Exclude<Plan, { ok: true }>): Why {
  if (plan.code === 'ambiguous-time') return { reason: plan.code }
  return { reason: plan.broken ?? 'prices-wrong', ...(plan.zones ? { zones: plan.zones } : {}) }
}
