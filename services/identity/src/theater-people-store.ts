import type { Queryable, Transaction } from '@marquee/kit/sql'
import type { TheaterRole } from './user.ts'

/** Where somebody works. */
export async function theatersOf(on: Queryable, userId: string): Promise<TheaterRole[]> {
  const { rows } = await on.query<TheaterRole>(
    'select theater_id as id, theater_name as name, role from theater_people where user_id = $1 and role is not null order by theater_name, theater_id',
    [userId],
    { name: 'identity-theaters-of' },
  )
  return rows
}

type Told = { theaterId: string; userId: string; theaterName: string; role: string | null; version: number }

/** What is older than what is known changes nothing, nor does what comes of somebody erased; a role of null stays, to know that it is newer. */
export async function putTheaterPerson(tx: Transaction, told: Told): Promise<void> {
  await tx.query(
    `insert into theater_people as known (theater_id, user_id, theater_name, role, version)
     select $1::uuid, $2::uuid, $3, $4, $5::int
     where not exists (select from users where id = $2 and erased_at is not null)
     on conflict (theater_id, user_id) do update
       set theater_name = excluded.theater_name, role = excluded.role, version = excluded.version
     where excluded.version >= known.version`,
    [told.theaterId, told.userId, told.theaterName, told.role, told.version],
  )
}
