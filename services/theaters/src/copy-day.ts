import type { Database, Transaction } from '@marquee/kit/sql'
import type { Announce } from './announce.ts'
import { type House, readHouse } from './house.ts'
import { onCinemaDay } from './local-time.ts'
import { type MovieCopy, movieStore } from './movie-store.ts'
import { type Plan, planShow } from './plan-show.ts'
import { type ShowRecord, showStore } from './show-store.ts'

type Deps = { db: Database; announce: Announce; newId: () => string }
type Skipped = { localStart: string; screenName: string; reason: string }
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
          const localStart = onCinemaDay(show.local_start, house.theater.day_starts_at, day)
          const copied = await copy(tx, {
            house,
            show,
            movie: movies.get(show.movie_id),
            localStart,
            id: newId(),
          })
          const screenName = house.screens.find((screen) => screen.id === show.screen_id)?.name ?? ''
          if (copied.ok) outcome.created.push(copied.id)
          else outcome.skipped.push({ localStart, screenName, reason: copied.reason })
        }
      await announce.scheduled(tx, outcome.created)
      return outcome
    })
}

type Copy = { house: House; show: ShowRecord; movie: MovieCopy | undefined; localStart: string; id: string }

async function copy(
  tx: Transaction,
  { house, show, movie, localStart, id }: Copy,
): Promise<{ ok: true; id: string } | { ok: false; reason: string }> {
  if (!movie || movie.deleted) return { ok: false, reason: 'the film is gone' }
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
  if (!plan.ok) return { ok: false, reason: reasonOf(plan) }
  const inserted = await showStore.insertFree(tx, [plan.show])
  if (inserted.size > 0) return { ok: true, id }
  const clash = await showStore.clashWith(tx, plan.show)
  return {
    ok: false,
    reason: `the screen is busy with ${clash?.movie_title} at ${clash?.local_start.slice(11)}`,
  }
}

function pricesLike(show: ShowRecord) {
  if (show.priced_by === 'time') return {}
  return show.price_card_id ? { priceCardId: show.price_card_id } : { prices: show.prices }
}

function reasonOf(plan: Exclude<Plan, { ok: true }>): string {
  if (plan.code === 'ambiguous-time') return `clocks change then: choose ${plan.choices.join(' or ')}`
  return plan.errors.map((error) => `${error.path} ${error.message}`).join('; ')
}
