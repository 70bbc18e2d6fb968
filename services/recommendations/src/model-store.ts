import type { Queryable } from '@marquee/kit/sql'
import { createHistories } from './model/histories.ts'
import type { Neighbours } from './model/neighbours.ts'

const peopleAtOnce = 20
/** Of whoever rated more, the latest count. */
const mostRatings = 5000

/** Everybody's ratings, a page of people at a time, so that no page keeps the others waiting; throws once it is ended. */
export async function readHistories(db: Queryable, stopping?: AbortSignal) {
  const histories = createHistories()
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    stopping?.throwIfAborted()
    const { rows } = await db.query<{ user_id: string; rated: string | null }>(
      `select user_id, rated
         from (select distinct user_id from ratings where user_id > $1 order by user_id limit ${peopleAtOnce}) person
         cross join lateral (
           select string_agg(movie_id || ' ' || stars, ',' order by rated_at, movie_id) as rated
             from (select movie_id, stars, rated_at from ratings r
                    where r.user_id = person.user_id and stars > 0
                    order by rated_at desc, movie_id desc limit ${mostRatings}) latest) history
        order by user_id`,
      [after],
      { name: 'recommendations-read-histories' },
    )
    const last = rows.at(-1)
    if (!last) return histories.finish()
    for (const { rated } of rows) if (rated !== null) histories.add(rated)
    after = last.user_id
  }
}

const filmsAtOnce = 25

type Computed = { filmIds: readonly string[]; neighbours: Neighbours }

/**
 * Replaces the neighbours of each film by themselves; films that nobody rates any more lose theirs. Throws once it is
 * ended, between films.
 */
export async function writeNeighbours(
  db: Queryable,
  { filmIds, neighbours: { starts, others, weights } }: Computed,
  stopping: AbortSignal,
): Promise<void> {
  for (let from = 0; from < filmIds.length; from += filmsAtOnce) {
    stopping.throwIfAborted()
    const rows = filmIds.slice(from, from + filmsAtOnce).map((movie_id, index) => {
      const slice = [starts[from + index], starts[from + index + 1]] as const
      return {
        movie_id,
        others: Array.from(others.subarray(...slice), (other) => filmIds[other]),
        weights: Array.from(weights.subarray(...slice), (weight) => Number(weight.toPrecision(6))),
      }
    })
    await db.query(
      `insert into neighbours (movie_id, others, weights)
       select movie_id, others, weights
         from jsonb_to_recordset($1::jsonb) as film (movie_id uuid, others uuid[], weights real[])
       on conflict (movie_id) do update set others = excluded.others, weights = excluded.weights
       where (neighbours.others, neighbours.weights) is distinct from (excluded.others, excluded.weights)`,
      [JSON.stringify(rows)],
      { name: 'recommendations-write-neighbours' },
    )
  }
  await db.query('delete from neighbours where movie_id <> all($1::uuid[])', [filmIds])
}

export type ModelState = { changes: number; isDue: boolean }

/**
 * How many changes there were, and whether it is time to take them in: never before `restSeconds` have passed, nor so
 * often that computing takes more than a twentieth of the time.
 */
export async function readModel(db: Queryable, restSeconds: number): Promise<ModelState> {
  const { rows } = await db.query<ModelState>(
    `select changes, changes > built_changes and (built_at is null or
        clock() - built_at >= make_interval(secs => greatest($1, took_ms * 20 / 1000.0))) as "isDue"
       from model`,
    [restSeconds],
  )
  return rows[0] ?? { changes: 0, isDue: false }
}

export async function noteBuilt(
  db: Queryable,
  built: { changes: number; tookMilliseconds: number },
): Promise<void> {
  await db.query('update model set built_changes = $1, took_ms = $2, built_at = clock()', [
    built.changes,
    Math.round(built.tookMilliseconds),
  ])
}
