import type { Queryable } from '@marquee/kit/sql'

/** What a look at a show depends on: its taken seats by version, its layout by the version of its facts. */
export type SeatsAt = { version: number; factsVersion: number }
export type SeatSnapshot = SeatsAt & { showId: string; layoutId: string; cancelled: boolean; taken: string[] }

/** Taken seats, whether the show is cancelled, and the version this is true for: from one statement and so one moment. */
export async function readSnapshot(db: Queryable, showId: string): Promise<SeatSnapshot | undefined> {
  const { rows } = await db.query<SeatSnapshot>(
    `select s.id as "showId", s.version, s.facts_version as "factsVersion", f.layout_id as "layoutId", s.cancelled,
            array(select c.seat_id from seat_claims c where c.show_id = s.id order by c.seat_id) as taken
       from shows s join show_facts f on f.show_id = s.id where s.id = $1`,
    [showId],
    { name: 'booking-seat-snapshot' },
  )
  return rows[0]
}

export async function readVersions(db: Queryable, showIds: readonly string[]): Promise<Map<string, SeatsAt>> {
  const { rows } = await db.query<SeatsAt & { id: string }>(
    `select id, version, facts_version as "factsVersion" from shows where id = any($1::uuid[])`,
    [showIds],
    { name: 'booking-versions' },
  )
  return new Map(rows.map(({ id, ...at }) => [id, at]))
}
