import type { Queryable } from '@marquee/kit/sql'
import type { Card, Ticket } from './prices.ts'

type CardRow = Omit<Card, 'from' | 'until'> & { from_time: string | null; until_time: string | null }
const cardColumns = 'id, version, name, days, from_time, until_time, prices'

const toCard = ({ from_time, until_time, ...row }: CardRow): Card => ({
  ...row,
  from: from_time,
  until: until_time,
})

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

  async putCard(tx: Queryable, theaterId: string, card: Card): Promise<void> {
    await tx.query(
      `insert into price_cards (id, version, theater_id, name, days, from_time, until_time, prices)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (id) do update set version = excluded.version, name = excluded.name, days = excluded.days, from_time = excluded.from_time,
         until_time = excluded.until_time, prices = excluded.prices`,
      [
        card.id,
        card.version,
        theaterId,
        card.name,
        card.days,
        card.from,
        card.until,
        JSON.stringify(card.prices),
      ],
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
