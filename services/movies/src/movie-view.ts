import type { MovieSummary } from '@marquee/contracts/movies'
import { roomFor } from '@marquee/kit/search'
import type { Reading } from '@marquee/kit/sql'
import { readCursor, writeCursor } from './cursor.ts'
import { type MovieRow, presentSummary, type SummaryRow, summaryColumns } from './film.ts'

/** Sort keys are columns that an index holds in this order, the id last. */
const orders = {
  popular: { keys: ['popularity'], types: ['number'], down: true },
  rating: { keys: ['weighted_rating', 'popularity'], types: ['number', 'number'], down: true },
  newest: { keys: ['newest'], types: ['string'], down: true },
  trending: { keys: ['trending', 'popularity'], types: ['number', 'number'], down: true },
  title: { keys: ['sort_title'], types: ['string'], down: false },
} as const
type Order = keyof typeof orders

export type ListWish = {
  genre?: string | undefined
  year?: number | undefined
  sort: Order
  cursor?: string | undefined
  limit: number
}
export type MoviePage = { items: MovieSummary[]; nextCursor: string | null }
type ListRow = SummaryRow & { keys: (string | number)[] }

/** What lists and pages of films read. */
export function createMovieView(db: Reading) {
  return {
    /** Undefined when the cursor is not one of this list. */
    async list(wish: ListWish): Promise<MoviePage | undefined> {
      const order = orders[wish.sort]
      const cursor = wish.cursor ? readCursor(wish.cursor, wish.sort, order.types) : undefined
      if (wish.cursor && !cursor) return undefined
      const values: unknown[] = []
      const give = (value: unknown) => `$${values.push(value)}`
      const where: string[] = []
      const isOfYear = wish.year !== undefined && wish.sort !== 'trending'
      if (wish.genre !== undefined) {
        const asked = `array[${give(cleanText(wish.genre))}::text]`
        // A year's films are few, and an index has them in this order.
        where.push(isOfYear ? `arraycontains(genres, ${asked})` : `genres @> ${asked}`)
      }
      if (wish.year !== undefined) where.push(`year = ${give(wish.year)}`)
      if (cursor)
        where.push(
          `(${[...order.keys, 'id'].join(', ')}) ${order.down ? '<' : '>'} (${[...cursor.keys, cursor.id].map(give).join(', ')})`,
        )
      const direction = order.down ? 'desc' : 'asc'
      const room = roomFor(wish.limit + 1)
      const name = [
        wish.sort,
        wish.genre !== undefined && 'genre',
        isOfYear && 'year',
        cursor && 'after',
        room,
      ]
      const { rows } = await db.query<ListRow>(
        `select ${summaryColumns('page')}, keys from (
           select id, summary, jsonb_build_array(${order.keys.join(', ')}) as keys from movies
           ${where.length > 0 ? `where ${where.join(' and ')}` : ''}
           order by ${[...order.keys, 'id'].map((key) => `${key} ${direction}`).join(', ')}
           limit ${room}) as page`,
        values,
        // With any other filter, how many films it leaves decides the plan.
        isOfYear || (wish.genre === undefined && wish.year === undefined)
          ? { name: `movies-${name.filter(Boolean).join('-')}`, plan: 'once' }
          : {},
      )
      const shown = rows.slice(0, wish.limit)
      const last = rows.length > wish.limit ? shown.at(-1) : undefined
      return {
        items: shown.map(presentSummary),
        nextCursor: last ? writeCursor({ order: wish.sort, keys: last.keys, id: last.id }) : null,
      }
    },

    /** These films in this order; those that are gone are left out. */
    async some(ids: readonly string[]): Promise<MovieSummary[]> {
      const { rows } = await db.query<SummaryRow>(
        `select ${summaryColumns('movies')} from unnest($1::uuid[]) with ordinality as wanted (wanted_id, place)
         join movies on movies.id = wanted_id order by place`,
        [[...new Set(ids)]],
        { name: 'movies.some', plan: 'once' },
      )
      return rows.map(presentSummary)
    },

    /** As `movie.changed` tells of them, in the order of their ids. */
    async copies({
      ids,
      after,
      limit,
    }: {
      ids?: string[] | undefined
      after?: string | undefined
      limit: number
    }) {
      const { rows } = await db.query<Pick<MovieRow, 'id' | 'version' | 'film'>>(
        `select id, version, film from movies
          where ($1::uuid[] is null or id = any($1)) and ($2::uuid is null or id > $2) order by id limit $3`,
        [ids ?? null, after ?? null, ids?.length ?? limit],
      )
      return rows.map(({ id, version, film }) => {
        const { title, year, runtimeMinutes, genres, externalIds } = film
        return { movieId: id, version, title, year, runtimeMinutes, genres, externalIds }
      })
    },

    async yearsOf(ids: readonly string[]): Promise<ReadonlyMap<string, number | null>> {
      const { rows } = await db.query<{ id: string; year: number | null }>(
        'select id, year from movies where id = any($1::uuid[])',
        [ids],
        { name: 'movies-years' },
      )
      return new Map(rows.map(({ id, year }) => [id, year]))
    },

    async genres(): Promise<{ name: string; count: number }[]> {
      const { rows } = await db.query<{ name: string; count: number }>(
        `select genre as name, sum(films)::int as count
           from (select genres, count(*) as films from movies group by genres) together, unnest(genres) as genre
          group by genre order by sum(films) desc, genre`,
        [],
        { name: 'movies-genres' },
      )
      return rows
    },
  }
}

export type MovieView = ReturnType<typeof createMovieView>

const cleanText = (text: string) => text.toWellFormed().replaceAll('\0', '')
