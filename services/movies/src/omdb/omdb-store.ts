import type { Database } from '@marquee/kit/sql'
import type { OmdbAnswer } from './omdb-client.ts'

export type KeptAnswer = OmdbAnswer & { recent: boolean }
export type Allowance = { ok: true } | { ok: false; retryAfterSeconds: number }

/** What OMDb answered, and how often it was asked. */
export function createOmdbStore(db: Database) {
  return {
    /** `recent`: so young that nobody needs to be asked again. */
    async kept(imdbId: string): Promise<KeptAnswer | undefined> {
      const { rows } = await db.query<KeptAnswer>(
        `select answer, found, fetched_at > clock() - interval '1 day' as recent from omdb_answers where imdb_id = $1`,
        [imdbId],
      )
      return rows[0]
    },

    /** That OMDb no longer knows a film does not undo what it told of it. */
    async keep(imdbId: string, { answer, found }: OmdbAnswer): Promise<void> {
      await db.query(
        `insert into omdb_answers (imdb_id, answer, found, fetched_at, refresh_at)
         values ($1, $2, $3, clock(), clock() + interval '30 days')
         on conflict (imdb_id) do update set
           answer = case when excluded.found or not omdb_answers.found then excluded.answer else omdb_answers.answer end,
           found = excluded.found or omdb_answers.found,
           fetched_at = excluded.fetched_at, refresh_at = excluded.refresh_at`,
        [imdbId, JSON.stringify(answer), found],
      )
    },

    /** Counts one request, unless the day has none left or OMDb refused within the hour. */
    async spend(quota: number): Promise<Allowance> {
      const { rowCount } = await db.query(
        `insert into omdb_days as today (day, asked) select (clock() at time zone 'UTC')::date, 1
         where $1 > 0 and not exists (select from omdb_days where refused_at >= clock() - interval '1 hour')
         on conflict (day) do update set asked = today.asked + 1 where today.asked < $1`,
        [quota],
      )
      if (rowCount === 1) return { ok: true }
      const { rows } = await db.query<{ seconds: number }>(
        `select ceil(extract(epoch from case
           when coalesce(today.asked, 0) < $1 and refused.at is not null then refused.at + interval '1 hour'
           else (date_trunc('day', now.utc) + interval '1 day') at time zone 'UTC' end - now.at))::int as seconds
         from (select clock() as at, clock() at time zone 'UTC' as utc) as now
         left join omdb_days as today on today.day = now.utc::date
         cross join (select max(refused_at) as at from omdb_days where refused_at >= clock() - interval '1 hour')
           as refused`,
        [quota],
      )
      return { ok: false, retryAfterSeconds: Math.max(1, rows[0]?.seconds ?? 3600) }
    },

    /** OMDb counts otherwise than we do: nobody asks for an hour. */
    async refused(): Promise<void> {
      await db.query(
        `insert into omdb_days (day, refused_at) values ((clock() at time zone 'UTC')::date, clock())
         on conflict (day) do update set refused_at = excluded.refused_at`,
      )
    },

    async spentToday(): Promise<number> {
      const { rows } = await db.query<{ asked: number }>(
        `select asked from omdb_days where day = (clock() at time zone 'UTC')::date`,
      )
      return rows[0]?.asked ?? 0
    },

    /** Answers that have grown old, each given to one instance a day. */
    async claimOld(most: number): Promise<string[]> {
      const { rows } = await db.query<{ imdb_id: string }>(
        `update omdb_answers set refresh_at = clock() + interval '1 day'
         where imdb_id in (
           select imdb_id from omdb_answers where found and refresh_at <= clock()
           order by refresh_at limit $1 for update skip locked)
         returning imdb_id`,
        [most],
      )
      return rows.map((row) => row.imdb_id)
    },
  }
}

export type OmdbStore = ReturnType<typeof createOmdbStore>
