import type { Database } from '../sql/index.ts'

const microseconds = /interval '(-?\d+) microseconds'/

/** Moves the schema's `clock()` on, from where it stands; transactions under way see it at once. */
export async function advanceClock(
  db: Database,
  duration: Temporal.DurationLike | Temporal.Duration | string,
): Promise<void> {
  const added = Math.round(Temporal.Duration.from(duration).total('microseconds'))
  const { rows } = await db.query<{ source: string }>(
    "select prosrc as source from pg_proc where oid = to_regprocedure('clock()')",
  )
  const source = rows[0]?.source
  if (source === undefined) throw new Error('this schema has no clock() function')
  const before = Number(microseconds.exec(source)?.[1] ?? 0)
  await db.query(
    `create or replace function clock() returns timestamptz language sql volatile
     as $$ select clock_timestamp() + interval '${before + added} microseconds' $$`,
  )
}
