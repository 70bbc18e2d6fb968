import type { Layout } from '@marquee/contracts/theaters'
import { type Database, uniqueViolation } from '@marquee/kit/sql'
import type { Announce } from './announce.ts'
import { invalid, type Refusal } from './plan-show.ts'
import { type ScreenRow, screenStore } from './screen-store.ts'
import { showStore } from './show-store.ts'
import { type RestSales, whileResting } from './sold-seats.ts'

type Deps = { db: Database; announce: Announce; restSales: RestSales; newId: () => string }
export type ScreenFields = { name: string; layout: Layout; cleaningMinutes: number; trailerMinutes: number }
/** `told`: shows of the screen changed by it, and booking hears of them. */
type Saved = { ok: true; screen: ScreenRow; told: boolean }
type Refused =
  | { ok: false; code: 'not-found' | 'name-taken' }
  | { ok: false; code: 'seats-sold'; seats: string[] }
  | Refusal
type NewShow = { ok: false; code: 'new-show' }

/** Adds, changes and removes screens. */
export function createChangeScreen({ db, announce, restSales, newId }: Deps) {
  return {
    add: (theaterId: string, fields: ScreenFields): Promise<Saved | Refused> =>
      unlessNameTaken(() =>
        db.transaction(async (tx) => {
          if (await screenStore.keepLayout(tx, fields.layout)) await announce.layout(tx, fields.layout)
          const screen = toRow(newId(), theaterId, fields)
          await screenStore.insert(tx, screen)
          return { ok: true, screen, told: false }
        }),
      ),

    async change(
      theaterId: string,
      screenId: string,
      changes: Partial<ScreenFields>,
    ): Promise<Saved | Refused> {
      const { layout } = changes
      if (!layout) return save(theaterId, screenId, changes)
      const seatIds = new Set(layout.seats.map((seat) => seat.id))
      for (;;) {
        const showIds = await upcomingOn(theaterId, screenId)
        if (!showIds) return { ok: false, code: 'not-found' }
        const resting = await restSales(showIds, seatIds)
        const seats = resting.seatsInTheWay
        const saved = await whileResting(
          resting,
          async (): Promise<Saved | Refused | NewShow> =>
            seats.length > 0
              ? { ok: false, code: 'seats-sold', seats }
              : save(theaterId, screenId, changes, new Set(showIds)),
          (outcome) => outcome.ok && outcome.told,
        )
        if (saved.ok || saved.code !== 'new-show') return saved
      }
    },

    remove: (theaterId: string, screenId: string) =>
      db.transaction(async (tx) => {
        if (!(await screenStore.lock(tx, theaterId, screenId)))
          return { ok: false as const, code: 'not-found' as const }
        const shows = await showStore.lockUpcoming(tx, { screen: screenId })
        if (shows.length > 0)
          return { ok: false as const, code: 'shows-planned' as const, shows: shows.length }
        await screenStore.remove(tx, screenId)
        return { ok: true as const }
      }),
  }

  /** Undefined for a screen that is not this theater's: another's sales are not to rest. */
  async function upcomingOn(theaterId: string, screenId: string): Promise<string[] | undefined> {
    return db.transaction(async (tx) => {
      if (!(await screenStore.lock(tx, theaterId, screenId))) return undefined
      return (await showStore.lockUpcoming(tx, { screen: screenId })).map(({ id }) => id)
    })
  }

  async function save(
    theaterId: string,
    screenId: string,
    changes: Partial<ScreenFields>,
  ): Promise<Saved | Refused>
  async function save(
    theaterId: string,
    screenId: string,
    changes: Partial<ScreenFields>,
    resting: ReadonlySet<string>,
  ): Promise<Saved | Refused | NewShow>
  async function save(
    theaterId: string,
    screenId: string,
    changes: Partial<ScreenFields>,
    resting?: ReadonlySet<string>,
  ): Promise<Saved | Refused | NewShow> {
    const { layout } = changes
    return unlessNameTaken(() =>
      db.transaction(async (tx): Promise<Saved | Refused | NewShow> => {
        const before = await screenStore.lock(tx, theaterId, screenId)
        if (!before) return { ok: false, code: 'not-found' }
        const screen = {
          ...before,
          name: changes.name ?? before.name,
          cleaning_minutes: changes.cleaningMinutes ?? before.cleaning_minutes,
          trailer_minutes: changes.trailerMinutes ?? before.trailer_minutes,
          ...(layout ? layoutFields(layout) : {}),
        }
        const shows = await showStore.lockUpcoming(tx, { screen: screenId })
        // Planned since the others went to rest, it may have sold already what is about to go.
        if (shows.some(({ id }) => resting && !resting.has(id))) return { ok: false, code: 'new-show' }
        const unpriced = screen.zones.filter((zone) =>
          shows.some((show) => !show.prices.some((price) => price.zone === zone)),
        )
        if (layout && unpriced.length > 0)
          return invalid('layout', `upcoming shows have no price for zone ${unpriced.join(', ')}`)
        if (layout && (await screenStore.keepLayout(tx, layout))) await announce.layout(tx, layout)
        await screenStore.update(tx, screen)
        const told = screen.name !== before.name || screen.layout_id !== before.layout_id
        if (told) {
          const ids = shows.map((show) => show.id)
          await showStore.touch(tx, ids, screen.layout_id)
          await announce.changed(tx, ids)
        }
        return { ok: true, screen, told }
      }),
    )
  }
}

function toRow(id: string, theaterId: string, fields: ScreenFields): ScreenRow {
  return {
    id,
    theater_id: theaterId,
    name: fields.name,
    cleaning_minutes: fields.cleaningMinutes,
    trailer_minutes: fields.trailerMinutes,
    ...layoutFields(fields.layout),
  }
}

function layoutFields(layout: Layout) {
  return {
    layout_id: layout.id,
    seats: layout.seats.length,
    zones: [...new Set(layout.seats.map((seat) => seat.zone))],
  }
}

async function unlessNameTaken<Outcome>(
  save: () => Promise<Outcome>,
): Promise<Outcome | { ok: false; code: 'name-taken' }> {
  try {
    return await save()
  } catch (error) {
    if (uniqueViolation(error) === 'screens_of_theater') return { ok: false, code: 'name-taken' }
    throw error
  }
}
