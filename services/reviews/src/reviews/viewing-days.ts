import type { Queryable } from '@marquee/kit/sql'

export type ViewingDays = (diaryIds: readonly string[]) => Promise<ReadonlyMap<string, string>>

/** The days of viewings that everybody may know; those kept to oneself or for followers are left out. */
export function createViewingDays(db: Queryable): ViewingDays {
  return async (diaryIds) => {
    const { rows } = await db.query<{ id: string; day: string }>(
      `select id, watched_on::text as day from diary
        where id = any($1::uuid[]) and watched_on is not null and visibility = 'public'`,
      [diaryIds],
      { name: 'reviews-viewing-days' },
    )
    return new Map(rows.map(({ id, day }) => [id, day]))
  }
}
