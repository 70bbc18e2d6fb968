import type { MovieSummary } from '@marquee/contracts/movies'
import type { Database } from '@marquee/kit/sql'
import { readCursor, writeCursor } from './cursor.ts'
import { type MovieRow, posterUrl, presentSummary, rowColumns } from './film.ts'
import { fold } from './fold.ts'

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
  q?: string | undefined
  genre?: string | undefined
  year?: number | undefined
  sort: Order
  cursor?: string | undefined
  limit: number
}
export type MoviePage = { items: MovieSummary[]; nextCursor: string | null }
type ListRow = MovieRow & { keys: (string | number)[] }

/** What lists and pages of films read. */
export function createMovieView(db: Database) {
  return {
    /** Undefined when the cursor is not one of this list. */
    async list(wish: ListWish): Promise<MoviePage | undefined> {
      const order = orders[wish.sort]
      const cursor = wish.cursor ? readCursor(wish.cursor, wish.sort, order.types) : undefined
      if (wish.cursor && !cursor) return undefined
      const words = wish.q ? fold(wish.q) : undefined
      if (words === '') return { items: [], nextCursor: null }
      const fuzzy = cursor?.fuzzy ?? (words !== undefined && !(await this.hasWords(words)))

      const values: unknown[] = []
      const give = (value: unknown) => `$${values.push(value)}`
      const where: string[] = []
      if (words && fuzzy) where.push(`id in (select id from similar_titles(${give(words)}, 50))`)
      if (words && !fuzzy) where.push(`words @@ to_tsquery('simple', ${give(prefixQuery(words))})`)
      if (wish.genre !== undefined) where.push(`genres @> array[${give(cleanText(wish.genre))}::text]`)
      if (wish.year !== undefined) where.push(`year = ${give(wish.year)}`)
      if (cursor)
        where.push(
          `(${[...order.keys, 'id'].join(', ')}) ${order.down ? '<' : '>'} (${[...cursor.keys, cursor.id].map(give).join(', ')})`,
        )
      const direction = order.down ? 'desc' : 'asc'
      const { rows } = await db.query<ListRow>(
        `select ${rowColumns('page')}, keys from (
           select id, version, film, popularity, jsonb_build_array(${order.keys.join(', ')}) as keys from movies
           ${where.length > 0 ? `where ${where.join(' and ')}` : ''}
           order by ${[...order.keys, 'id'].map((key) => `${key} ${direction}`).join(', ')}
           limit ${give(wish.limit + 1)}) as page`,
        values,
      )
      const shown = rows.slice(0, wish.limit)
      const last = rows.length > wish.limit ? shown.at(-1) : undefined
      return {
        items: shown.map(presentSummary),
        nextCursor: last ? writeCursor({ order: wish.sort, keys: last.keys, id: last.id, fuzzy }) : null,
      }
    },

    /** These films in this order; those that are gone are left out. */
    async some(ids: readonly string[]): Promise<MoviePage> {
      const { rows } = await db.query<MovieRow>(
        `select ${rowColumns('movies')} from unnest($1::uuid[]) with ordinality as wanted (wanted_id, place)
         join movies on movies.id = wanted_id order by place`,
        [[...new Set(ids)]],
        { name: 'movies.some' },
      )
      return { items: rows.map(presentSummary), nextCursor: null }
    },

    async hasWords(words: string): Promise<boolean> {
      const { rows } = await db.query(
        `select 1 from movies where words @@ to_tsquery('simple', $1) limit 1`,
        [prefixQuery(words)],
        { name: 'movies.has-words' },
      )
      return rows.length > 0
    },

    /** Exact titles first, then titles that begin so, then titles that look alike. */
    async suggest(q: string, most = 8) {
      const wanted = fold(q)
      if (wanted === '') return []
      const { rows } = await db.query<{ id: string; title: string; year: number | null }>(
        `with begun as (
           select id, case when folded_title = $1 or sort_title = $1 then 0 else 1 end as place, popularity
           from movies where folded_title like $2 or sort_title like $2
           order by place, popularity desc, id desc limit $3::int
         ), alike as (
           select id, 2 + (1 - likeness) as place, 0 as popularity from similar_titles($1, $3::int)
           where (select count(*) from begun) < $3::int
         ), found as (
           select id, min(place) as place from (select * from begun union all select * from alike) both_kinds group by id
         )
         select id, film ->> 'title' as title, year from found join movies using (id)
         order by place, popularity desc, id desc limit $3::int`,
        [wanted, `${wanted}%`, most],
        { name: 'movies.suggest' },
      )
      return rows.map((row) => ({ ...row, posterUrl: posterUrl(row.id) }))
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

    async genres(): Promise<{ name: string; count: number }[]> {
      const { rows } = await db.query<{ name: string; count: number }>(
        `select genre as name, count(*) as count from movies, unnest(genres) as genre
         group by genre order by count(*) desc, genre`,
      )
      return rows
    },
  }
}

export type MovieView = ReturnType<typeof createMovieView>

/** Every word must begin a word of the film: "dun part" finds "Dune: Part Two". */
function prefixQuery(words: string): string {
  return words
    .split(' ')
    .map((word) => `'${word}':*`)
    .join(' & ')
}

const cleanText = (text: string) => text.toWellFormed().replaceAll('\0', '')
