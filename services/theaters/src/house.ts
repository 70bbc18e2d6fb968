import type { Queryable } from '@marquee/kit/sql'
import { priceStore } from './price-store.ts'
import type { Card, Ticket } from './prices.ts'
import { type ScreenRow, screenStore } from './screen-store.ts'
import { type TheaterRow, theaterColumns } from './theater-store.ts'

/** All that deciding about a theater's programme takes. */
export type House = {
  now: Temporal.Instant
  theater: TheaterRow
  screens: ScreenRow[]
  types: Ticket[]
  cards: Card[]
}

/** Reads an open theater whole; `hold` keeps its screens as they are until the transaction ends. */
export async function readHouse(db: Queryable, theaterId: string, hold = false): Promise<House | undefined> {
  const { rows } = await db.query<TheaterRow & { now: Temporal.Instant }>(
    `select ${theaterColumns}, clock() as now from theaters where id = $1 and closed_at is null
     ${hold ? 'for share' : ''}`,
    [theaterId],
  )
  const theater = rows[0]
  if (!theater) return undefined
  return {
    now: theater.now,
    theater,
    screens: await screenStore.ofTheater(db, theaterId, hold),
    types: await priceStore.types(db, theaterId),
    cards: await priceStore.cards(db, theaterId),
  }
}
