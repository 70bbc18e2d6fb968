import { type Database, isServerError } from '@marquee/kit/sql'
import type { Announce } from './announce.ts'
import { type House, readHouse } from './house.ts'
import { movieStore } from './movie-store.ts'
import { planShow, type Refusal, type ShowWish } from './plan-show.ts'
import { type Clash, type ShowRecord, showStore } from './show-store.ts'
import { readLayout } from './show-view.ts'
import { type Resting, type RestSales, type Unrested, whileResting } from './sold-seats.ts'

type Deps = { db: Database; announce: Announce; restSales: RestSales }
export type ShowChanges = Partial<Omit<ShowWish, 'id'>>
type Outcome =
  | { ok: true }
  | { ok: false; code: 'not-found' | 'show-cancelled' | 'version-mismatch' }
  | { ok: false; code: 'seats-sold'; seats: string[] }
  | { ok: false; code: 'screen-busy'; clash: Clash }
  | Unrested
  | Refusal
/** The seats of a screen are to be judged while sales rest, and were not, or as something stood that has changed. */
type JudgeAgain = { ok: false; code: 'judge-again'; screenId: string }
type Judged = { layoutId: string; version: number }
type Rested = (Resting & { judged: Judged }) | Unrested | undefined

/** Moves or changes a show; tickets sold stay good, so their seats must exist where it goes. */
export function createChangeShow({ db, announce, restSales }: Deps) {
  return async (showId: string, changes: ShowChanges, expectedVersion?: number): Promise<Outcome> => {
    let { screenId } = changes
    for (;;) {
      const resting = screenId ? await restFor(showId, screenId) : undefined
      if (resting?.ok === false) return resting
      const seats = resting?.seatsInTheWay ?? []
      const outcome = await whileResting(
        resting,
        async (): Promise<Outcome | JudgeAgain> =>
          seats.length > 0
            ? { ok: false, code: 'seats-sold', seats }
            : change(showId, changes, { expectedVersion, judged: resting?.judged }),
        ({ ok }) => ok,
      )
      if (outcome.ok || outcome.code !== 'judge-again') return outcome
      ;({ screenId } = outcome)
    }
  }

  async function change(
    showId: string,
    changes: ShowChanges,
    { expectedVersion, judged }: { expectedVersion: number | undefined; judged: Judged | undefined },
  ): Promise<Outcome | JudgeAgain> {
    let wanted: ShowRecord | undefined
    try {
      return await db.transaction(async (tx): Promise<Outcome | JudgeAgain> => {
        // Theater, screens, shows: everybody locks in this order.
        const theaterId = await showStore.theaterOf(tx, showId)
        const house = theaterId && (await readHouse(tx, theaterId, true))
        const show = house && (await showStore.lock(tx, showId))
        if (!show || !house) return { ok: false, code: 'not-found' }
        if (expectedVersion !== undefined && expectedVersion !== show.version)
          return { ok: false, code: 'version-mismatch' }
        if (show.status === 'cancelled') return { ok: false, code: 'show-cancelled' }
        const movie = (await movieStore.find(tx, [show.movie_id])).get(show.movie_id)
        if (!movie) return { ok: false, code: 'not-found' }
        const plan = applyChanges(house, { ...movie, runtime_minutes: show.runtime_minutes }, show, changes)
        if (!plan.ok) return plan
        wanted = plan.show
        if (losesUnjudged(show, plan.show, judged))
          return { ok: false, code: 'judge-again', screenId: plan.show.screen_id }
        await showStore.update(tx, plan.show)
        await announce.changed(tx, [showId])
        return { ok: true }
      })
    } catch (error) {
      // The exclusion constraint is the judge of clashes, also against a show that another owner adds just now.
      const busy = isServerError(error) && error.code === '23P01'
      const clash = busy && wanted ? await showStore.clashWith(db, wanted) : undefined
      if (clash) return { ok: false, code: 'screen-busy', clash }
      throw error
    }
  }

  async function restFor(showId: string, screenId: string): Promise<Rested> {
    const layout = await readLayout(db, { screenId })
    const version = await showStore.versionOf(db, showId)
    if (!layout || version === undefined) return undefined
    const resting = await restSales([{ id: showId, version }], new Set(layout.seats.map((seat) => seat.id)))
    return resting.ok ? { ...resting, judged: { layoutId: layout.id, version } } : resting
  }
}

/** Whether a show gets other seats than it had, and those are not the ones judged since it is as it is. */
function losesUnjudged(before: ShowRecord, after: ShowRecord, judged: Judged | undefined): boolean {
  if (after.layout_id === before.layout_id) return false
  return judged?.layoutId !== after.layout_id || judged.version !== before.version
}

type Movie = Parameters<typeof planShow>[1]

/** The ticket types it is on sale with, retired ones too: moving a show changes none of its prices. */
const typesOf = ({ prices }: ShowRecord) =>
  prices.map(({ ticketType: key, name, proof, channels, requires }) => ({
    key,
    name,
    proof,
    channels,
    requires,
  }))

function applyChanges(house: House, movie: Movie, show: ShowRecord, changes: ShowChanges) {
  const moved = changes.localStart !== undefined || changes.screenId !== undefined
  const details = {
    format: changes.format === undefined ? show.format : changes.format,
    language: changes.language === undefined ? show.language : changes.language,
    subtitles: changes.subtitles === undefined ? show.subtitles : changes.subtitles,
    access: changes.access ?? show.access,
  }
  const version = show.version + 1
  const repriced = changes.prices !== undefined || changes.priceCardId !== undefined
  if (!moved && !repriced) return { ok: true as const, show: { ...show, ...details, version } }
  const offset = show.starts_at.toZonedDateTimeISO(house.theater.time_zone).offset
  const plan = planShow(repriced ? house : { ...house, types: typesOf(show) }, movie, {
    id: show.id,
    screenId: changes.screenId ?? show.screen_id,
    // The moment it has stays settled, also in the hour that occurs twice.
    localStart: changes.localStart ?? `${show.local_start}${offset}`,
    ...details,
    ...(repriced ? { prices: changes.prices, priceCardId: changes.priceCardId } : { prices: show.prices }),
  })
  if (!plan.ok) return plan
  const pricing = repriced ? {} : { priced_by: show.priced_by, price_card_id: show.price_card_id }
  return { ok: true as const, show: { ...plan.show, ...pricing, version, sales_from: show.sales_from } }
}
