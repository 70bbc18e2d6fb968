import type { Queryable, Transaction } from '@marquee/kit/sql'

export type TheaterRole = 'owner' | 'staff'

/** Keeps somebody's role unless a later word about them is known. */
export async function savePerson(
  tx: Transaction,
  person: { theaterId: string; userId: string; role: TheaterRole | null; version: number },
): Promise<void> {
  await tx.query(
    `insert into people (theater_id, user_id, role, version) values ($1, $2, $3, $4)
     on conflict (theater_id, user_id) do update set role = excluded.role, version = excluded.version
     where people.version < excluded.version`,
    [person.theaterId, person.userId, person.role, person.version],
  )
}

export async function roleAt(db: Queryable, theaterId: string, userId: string): Promise<TheaterRole | null> {
  const { rows } = await db.query<{ role: TheaterRole | null }>(
    `select role from people where theater_id = $1 and user_id = $2`,
    [theaterId, userId],
    { name: 'booking-role-at' },
  )
  return rows[0]?.role ?? null
}

/** Whether somebody works where an order's show is, be the order also their own. */
export async function worksForOrder(db: Queryable, orderId: string, userId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from orders o join shows s on s.id = o.show_id join people p on p.theater_id = s.theater_id
      where o.id = $1 and p.user_id = $2 and p.role is not null`,
    [orderId, userId],
    { name: 'booking-works-for-order' },
  )
  return rowCount > 0
}

export async function worksAt(db: Queryable, userId: string): Promise<Set<string>> {
  const { rows } = await db.query<{ theaterId: string }>(
    `select theater_id as "theaterId" from people where user_id = $1 and role is not null`,
    [userId],
    { name: 'booking-works-at' },
  )
  return new Set(rows.map(({ theaterId }) => theaterId))
}
