import type { Layout, ShowFacts } from '@marquee/contracts/theaters'
import type { Queryable, Transaction } from '@marquee/kit/sql'
import { type ClaimState, type Claims, createClaims } from './house/claims.ts'
import { settleRests } from './rest-store.ts'
import type { SellableShow } from './sellable-show.ts'
import type { SeatChange } from './show-desk.ts'
import { noteMove } from './show-move-store.ts'

export type ShowRow = {
  id: string
  version: number
  factsVersion: number
  cancelled: boolean
  online: boolean
  counter: boolean
  now: number
}

const awake = '(resting_until is null or resting_until <= clock())'

/** Locks shows in id order; unknown ones are left out. */
export async function lockShows(tx: Transaction, ids: readonly string[]): Promise<ShowRow[]> {
  const { rows } = await tx.query<ShowRow>(
    `select id, version, facts_version as "factsVersion", cancelled,
            not cancelled and sales_from <= clock() and clock() < online_until and ${awake} as online,
            not cancelled and sales_from <= clock() and clock() < counter_until and ${awake} as counter,
            (extract(epoch from clock()) * 1000)::float8 as now
       from shows where id = any($1::uuid[]) order by id for update`,
    [ids],
    { name: 'booking-lock-shows' },
  )
  return rows
}

export function bumpVersions(ids: readonly string[]): [string, unknown[], { name: string }] {
  return [
    `update shows set version = version + 1 where id = any($1::uuid[])`,
    [ids],
    {
      name: 'booking-bump-versions',
    },
  ]
}

type ClaimRow = {
  showId: string
  seatId: string
  orderId: string
  state: ClaimState
  expiresAt: number
  holder: string | null
  network: string | null
}

export async function readClaims(
  tx: Transaction,
  ids: readonly string[],
  sellables: ReadonlyMap<string, SellableShow>,
): Promise<Map<string, Claims>> {
  const { rows } = await tx.query<ClaimRow>(
    `select c.show_id as "showId", c.seat_id as "seatId", c.order_id as "orderId", c.state,
            (extract(epoch from c.expires_at) * 1000)::float8 as "expiresAt",
            case when o.user_id is not null then 'user:' || o.user_id else 'email:' || lower(o.email) end as holder,
            'network:' || o.network as network
       from seat_claims c left join orders o on o.id = c.order_id and c.state <> 'sold' and o.channel = 'online'
      where c.show_id = any($1::uuid[])`,
    [ids],
    { name: 'booking-read-claims' },
  )
  const claims = new Map<string, Claims>()
  for (const id of ids) claims.set(id, createClaims())
  for (const { showId, seatId, orderId, state, expiresAt, holder, network } of rows) {
    const seat = sellables.get(showId)?.plan.indexOf.get(seatId)
    const own = claims.get(showId)
    if (seat !== undefined && own)
      own.set(seat, { orderId, state, expiresAt, holder: holder ?? '', network: network ?? '' })
  }
  return claims
}

export async function readFacts(
  db: Queryable,
  ids: readonly string[],
): Promise<{ showId: string; factsVersion: number; layoutId: string; facts: ShowFacts }[]> {
  const { rows } = await db.query<{
    showId: string
    factsVersion: number
    layoutId: string
    facts: ShowFacts
  }>(
    `select f.show_id as "showId", s.facts_version as "factsVersion", f.layout_id as "layoutId", f.facts
       from show_facts f join shows s on s.id = f.show_id where f.show_id = any($1::uuid[])`,
    [ids],
    { name: 'booking-read-facts' },
  )
  return rows
}

export async function readLayouts(db: Queryable, ids: readonly string[]): Promise<Layout[]> {
  const { rows } = await db.query<{ layout: Layout }>(
    `select layout from layouts where id = any($1::text[])`,
    [ids],
  )
  return rows.map(({ layout }) => layout)
}

/** How many seats a layout has; undefined for one not known here yet. */
export async function capacityOf(tx: Transaction, layoutId: string): Promise<number | undefined> {
  const { rows } = await tx.query<{ capacity: number }>('select capacity from layouts where id = $1', [
    layoutId,
  ])
  return rows[0]?.capacity
}

export async function saveLayout(tx: Transaction, layout: Layout): Promise<void> {
  await tx.query(
    `insert into layouts (id, capacity, layout) values ($1, $2, $3) on conflict (id) do nothing`,
    [layout.id, layout.seats.length, JSON.stringify(layout)],
  )
}

/** Keeps a show's facts unless newer ones are known, and notes that they move it. Its claims and their version stay. */
export async function saveShow(tx: Transaction, facts: ShowFacts, capacity: number): Promise<void> {
  const { rows } = await tx.query<{ rests: boolean; isKnown: boolean }>(
    `insert into shows (id, facts_version, theater_id, day, sales_from, online_until, counter_until, starts_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (id) do update set facts_version = excluded.facts_version, day = excluded.day,
       sales_from = excluded.sales_from, online_until = excluded.online_until,
       counter_until = excluded.counter_until, starts_at = excluded.starts_at
     where shows.facts_version < excluded.facts_version
     returning resting_until is not null as rests, old.id is not null as "isKnown"`,
    [
      facts.showId,
      facts.version,
      facts.theaterId,
      facts.day,
      facts.salesFrom,
      facts.onlineUntil,
      facts.counterUntil,
      facts.startsAt,
    ],
  )
  const [saved] = rows
  if (!saved) return
  if (saved.rests) await settleRests(tx, [facts.showId])
  if (saved.isKnown) await noteMove(tx, facts)
  await tx.query(
    `insert into show_facts (show_id, layout_id, capacity, facts) values ($1, $2, $3, $4)
     on conflict (show_id) do update set layout_id = excluded.layout_id, capacity = excluded.capacity,
       facts = excluded.facts`,
    [facts.showId, facts.layoutId, capacity, JSON.stringify(facts)],
  )
}

export type MarkedCancelled = {
  known: boolean
  /** For whoever looks at its seats; undefined when it was cancelled before. */
  change?: SeatChange
}

/** Marks a show as cancelled, once, and moves its version on: whoever knows the version before learns of it. */
export async function markCancelled(
  tx: Transaction,
  showId: string,
  factsVersion: number,
): Promise<MarkedCancelled> {
  const { rows } = await tx.query<{ version: number }>(
    `update shows set cancelled = true, winding_down = true, version = version + 1,
            facts_version = greatest(facts_version, $2) where id = $1 and not cancelled returning version`,
    [showId, factsVersion],
  )
  const version = rows[0]?.version
  if (version !== undefined)
    return {
      known: true,
      change: { showId, from: version - 1, version, taken: [], freed: [], cancelled: true },
    }
  const { rowCount } = await tx.query('select 1 from shows where id = $1', [showId])
  return { known: rowCount === 1 }
}
