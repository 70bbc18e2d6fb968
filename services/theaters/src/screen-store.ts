import type { Layout } from '@marquee/contracts/theaters'
import type { Queryable } from '@marquee/kit/sql'

export type ScreenRow = {
  id: string
  version: number
  theater_id: string
  name: string
  layout_id: string
  cleaning_minutes: number
  trailer_minutes: number
  seats: number
  zones: string[]
}

const columns = `c.id, c.version, c.theater_id, c.name, c.layout_id, c.cleaning_minutes, c.trailer_minutes, l.seats, l.zones`
const from = 'screens c join layouts l on l.id = c.layout_id'

export const screenStore = {
  /** Keeps a layout; true when it was not known before. */
  async keepLayout(tx: Queryable, layout: Layout): Promise<boolean> {
    const zones = [...new Set(layout.seats.map((seat) => seat.zone))]
    const { rowCount } = await tx.query(
      'insert into layouts (id, seats, zones, layout) values ($1, $2, $3, $4) on conflict do nothing',
      [layout.id, layout.seats.length, zones, JSON.stringify(layout)],
    )
    return rowCount > 0
  },

  async insert(tx: Queryable, row: Omit<ScreenRow, 'seats' | 'zones'>): Promise<void> {
    await tx.query(
      `insert into screens (id, version, theater_id, name, layout_id, cleaning_minutes, trailer_minutes)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        row.id,
        row.version,
        row.theater_id,
        row.name,
        row.layout_id,
        row.cleaning_minutes,
        row.trailer_minutes,
      ],
    )
  },

  async update(tx: Queryable, row: Omit<ScreenRow, 'seats' | 'zones'>): Promise<void> {
    await tx.query(
      `update screens set version = $2, name = $3, layout_id = $4, cleaning_minutes = $5, trailer_minutes = $6 where id = $1`,
      [row.id, row.version, row.name, row.layout_id, row.cleaning_minutes, row.trailer_minutes],
    )
  },

  async lock(tx: Queryable, theaterId: string, id: string): Promise<ScreenRow | undefined> {
    // Locked before it is read: who waits for a lock in a join finds no layout when the screen got another meanwhile.
    await tx.query('select from screens where id = $1 and theater_id = $2 for update', [id, theaterId])
    const { rows } = await tx.query<ScreenRow>(
      `select ${columns} from ${from} where c.id = $1 and c.theater_id = $2 and c.removed_at is null`,
      [id, theaterId],
    )
    return rows[0]
  },

  /** The screens of a theater; held against change until the transaction ends when `hold` is given. */
  async ofTheater(db: Queryable, theaterId: string, hold = false): Promise<ScreenRow[]> {
    if (hold)
      await db.query(
        'select from screens where theater_id = $1 and removed_at is null order by name, id for share',
        [theaterId],
      )
    const { rows } = await db.query<ScreenRow>(
      `select ${columns} from ${from} where c.theater_id = $1 and c.removed_at is null order by c.name, c.id`,
      [theaterId],
    )
    return rows
  },

  /** The screens of several theaters, by theater. */
  async ofTheaters(db: Queryable, theaterIds: readonly string[]): Promise<Map<string, ScreenRow[]>> {
    const { rows } = await db.query<ScreenRow>(
      `select ${columns} from ${from} where c.theater_id = any($1::uuid[]) and c.removed_at is null order by c.name, c.id`,
      [theaterIds],
    )
    return Map.groupBy(rows, ({ theater_id }) => theater_id)
  },

  async remove(tx: Queryable, id: string): Promise<void> {
    await tx.query('update screens set removed_at = clock() where id = $1', [id])
  },
}
