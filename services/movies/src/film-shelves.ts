import { promisify } from 'node:util'
import { zstdCompress, zstdDecompressSync } from 'node:zlib'
import type { Movie } from '@marquee/contracts/movies'
import type { Cache } from '@marquee/kit/cache'
import type { Database } from '@marquee/kit/sql'
import { type MovieRow, presentMovie, rowColumns } from './film.ts'

const compress = promisify(zstdCompress)
// Whatever changes a film drops its shelf by tag; this is for what nobody tells of.
const seconds = 600

/** The shelf of a film: the last twelve bits of its id, as the column `shelf` has it. */
export const shelfOf = (id: string) => Number.parseInt(id.slice(-3), 16)
export const shelfTag = (id: string) => `film-shelf:${shelfOf(id)}`

/**
 * Single films, read a shelf at a time and kept compressed: after a cold start a few thousand questions bring the whole
 * catalogue, where one a film would be tens of thousands.
 */
export function createFilmShelves({ db, cache }: { db: Database; cache: Cache }) {
  return {
    async get(id: string): Promise<Movie | undefined> {
      const shelf = shelfOf(id)
      const kept = await cache.get(`movies.shelf:${shelf}`, { seconds, tags: [shelfTag(id)] }, () =>
        fill(shelf),
      )
      return pick(kept, id)
    },
  }

  async function fill(shelf: number): Promise<Buffer> {
    const { rows } = await db.query<MovieRow>(
      `select ${rowColumns('movies')} from movies where shelf = $1`,
      [shelf],
      { name: 'movies.shelf' },
    )
    return compress(rows.map((row) => `${JSON.stringify(presentMovie(row))}\n`).join(''))
  }
}

/** A film of a shelf; each is a line that begins with its id, so that the others need not be read. */
function pick(shelf: Buffer, id: string): Movie | undefined {
  const lines = zstdDecompressSync(shelf).toString('utf8')
  const beginning = `{"id":"${id.toLowerCase()}"`
  const at = lines.startsWith(beginning) ? 0 : lines.indexOf(`\n${beginning}`) + 1
  if (at === 0 && !lines.startsWith(beginning)) return undefined
  return JSON.parse(lines.slice(at, lines.indexOf('\n', at)))
}
