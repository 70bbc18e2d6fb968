import type { Idempotency } from '@marquee/kit/contract'
import type { Queryable } from '@marquee/kit/sql'
import type { Card, Ticket } from './prices.ts'
import { requestValues } from './request-store.ts'

type CardRow = Omit<Card, 'from' | 'until'> & { from_time: string | null; until_time: string | null }
const cardColumns = 'id, version, name, days, from_time, until_time, prices'

const toCard = ({ from_time, until_time, ...row }: CardRow): Card => ({
  ...row,
  from: from_time,
  until: until_time,
})
const cardValues = (card: Card) => [
  card.id,
  card.version,
  card.name,
  card.days,
  card.from,
  card.until,
  JSON.stringify(card.prices),
]

/** Ticket types and price cards, in the order they were made. */
export const priceStore = {
  async types(db: Queryable, theaterId: string): Promise<Ticket[]> {
    const { rows } = await db.query<Ticket>(
      'select key, name, proof, channels, requires from ticket_types where theater_id = $1 order by position',
      [theaterId],
    )
    return rows
  },

  async putType(tx: Queryable, theaterId: string, type: Ticket): Promise<void> {
    await tx.query(
      `insert into ticket_types (theater_id, key, name, proof, channels, requires) values ($1, $2, $3, $4, $5, $6)
       on conflict (theater_id, key) do update
       set name = excluded.name, proof = excluded.proof, channels = excluded.channels, requires = excluded.requires`,
      [theaterId, type.key, type.name, type.proof, type.channels, type.requires],
    )
  },

  async removeType(tx: Queryable, theaterId: string, key: string): Promise<boolean> {
    const { rowCount } = await tx.query('delete from ticket_types where theater_id = $1 and key = $2', [
      theaterId,
      key,
    ])
    return rowCount > 0
  },

  async cards(db: Queryable, theaterId: string): Promise<Card[]> {
    const { rows } = await db.query<CardRow>(
      `select ${cardColumns} from price_cards where theater_id = $1 order by id`,
      [theaterId],
    )
    return rows.map(toCard)
  },

  /** False when its request has made one already. */
  async insertCard(tx: Queryable, theaterId: string, card: Card, request?: Idempotency): Promise<boolean> {
    const { rowCount } = await tx.query(
      `insert into price_cards (${cardColumns}, theater_id, request_key, request_hash, requested_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text, $10, case when $9::text is not null then clock() end)
       on conflict (request_key) where request_key is not null do nothing`,
      [...cardValues(card), theaterId, ...requestValues(request)],
    )
    return rowCount > 0
  },

  async updateCard(tx: Queryable, card: Card): Promise<void> {
    await tx.query(
      `update price_cards set version = $2, name = $3, days = $4, from_time = $5, until_time = $6, prices = $7
       where id = $1`,
      cardValues(card),
    )
  },

  async removeCard(tx: Queryable, theaterId: string, id: string): Promise<boolean> {
    const { rowCount } = await tx.query('delete from price_cards where theater_id = $1 and id = $2', [
      theaterId,
      id,
    ])
    return rowCount > 0
  },
}
