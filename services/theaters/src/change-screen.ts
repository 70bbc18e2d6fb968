import type { Layout } from '@marquee/contracts/theaters'
import { type Database, uniqueViolation } from '@marquee/kit/sql'
import type { Announce } from './announce.ts'
import { invalid, type Refusal } from './plan-show.ts'
import { priceNewZones } from './price-new-zones.ts'
import { type ScreenRow, screenStore } from './screen-store.ts'
import { type ShowRecord, showStore } from './show-store.ts'
import { type RestSales, type Unrested, whileResting } from './sold-seats.ts'

type Deps = { db: Database; announce: Announce; restSales: RestSales; newId: () => string }
export type ScreenFields = { name: string; layout: Layout; cleaningMinutes: number; trailerMinutes: number }
/** `expectedVersion`: of the screen as its owner saw it, who overwrites nobody then. */
type ScreenChanges = Partial<ScreenFields> & { expectedVersion?: number | undefined }
/** `told`: shows of the screen changed by it, and booking hears of them. */
type Saved = { ok: true; screen: ScreenRow; told: boolean }
type Refused =
  | { ok: false; code: 'not-found' | 'version-mismatch' | 'name-taken' }
  | { ok: false; code: 'seats-sold'; seats: string[] }
  | Unrested
  | Refusal
type JudgeAgain = { ok: false; code: 'judge-again' }

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

    async change(theaterId: string, screenId: string, changes: ScreenChanges): Promise<Saved | Refused> {
      const { layout } = changes
      if (!layout) return save(theaterId, screenId, changes)
      const seatIds = new Set(layout.seats.map((seat) => seat.id))
      for (;;) {
        const shows = await upcomingOn(theaterId, screenId)
        if (!shows) return { ok: false, code: 'not-found' }
        const resting = await restSales(shows, seatIds)
        if (!resting.ok) return resting
        const seats = resting.seatsInTheWay
        const saved = await whileResting(
          resting,
          async (): Promise<Saved | Refused | JudgeAgain> =>
            seats.length > 0
              ? { ok: false, code: 'seats-sold', seats }
              : save(theaterId, screenId, changes, new Map(shows.map(({ id, version }) => [id, version]))),
          (outcome) => outcome.ok && outcome.told,
        )
        if (saved.ok || saved.code !== 'judge-again') return saved
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
  async function upcomingOn(theaterId: string, screenId: string): Promise<ShowRecord[] | undefined> {
    return db.transaction(async (tx) => {
      if (!(await screenStore.lock(tx, theaterId, screenId))) return undefined
      return showStore.lockUpcoming(tx, { screen: screenId })
    })
  }

  async function save(theaterId: string, screenId: string, changes: ScreenChanges): Promise<Saved | Refused>
  async function save(
    theaterId: string,
    screenId: string,
    changes: ScreenChanges,
    resting: ReadonlyMap<string, number>,
  ): Promise<Saved | Refused | JudgeAgain>
  async function save(
    theaterId: string,
    screenId: string,
    changes: ScreenChanges,
    resting?: ReadonlyMap<string, number>,
  ): Promise<Saved | Refused | JudgeAgain> {
    const { layout } = changes
    return unlessNameTaken(() =>
      db.transaction(async (tx): Promise<Saved | Refused | JudgeAgain> => {
        const before = await screenStore.lock(tx, theaterId, screenId)
        if (!before) return { ok: false, code: 'not-found' }
        if (changes.expectedVersion !== undefined && changes.expectedVersion !== before.version)
          return { ok: false, code: 'version-mismatch' }
        const screen = {
          ...before,
          version: before.version + 1,
          name: changes.name ?? before.name,
          cleaning_minutes: changes.cleaningMinutes ?? before.cleaning_minutes,
          trailer_minutes: changes.trailerMinutes ?? before.trailer_minutes,
          ...(layout ? layoutFields(layout) : {}),
        }
        const shows = await showStore.lockUpcoming(tx, { screen: screenId })
        // Planned or changed since they went to rest, one may have sold already what is about to go.
        if (shows.some(({ id, version }) => resting && resting.get(id) !== version))
          return { ok: false, code: 'judge-again' }
        const priced = layout
          ? await priceNewZones(tx, theaterId, { shows, zones: screen.zones })
          : { unpriced: [], shows: [] }
        if (priced.unpriced.length > 0)
          return invalid(
            'layout.zones',
            `no price card gives planned shows a price in ${priced.unpriced.join(', ')}`,
          )
        if (layout && (await screenStore.keepLayout(tx, layout))) await announce.layout(tx, layout)
        await screenStore.update(tx, screen)
        const told = screen.name !== before.name || screen.layout_id !== before.layout_id
        for (const show of priced.shows) await showStore.update(tx, show)
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
    version: 1,
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
