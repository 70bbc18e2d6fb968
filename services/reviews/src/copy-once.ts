import type { identityContract } from '@marquee/contracts/identity'
import type { moviesContract } from '@marquee/contracts/movies'
import type { Client } from '@marquee/kit/contract'
import type { Database } from '@marquee/kit/sql'
import { toFilm } from './film-copy.ts'
import { keepFilms } from './film-store.ts'
import { keepPeople } from './people-store.ts'

type Deps = {
  db: Database
  movies: Client<(typeof moviesContract)['endpoints']>
  identity: Client<(typeof identityContract)['endpoints']>
}

const pageSize = 1000

/**
 * Copies the films and people that were there before this service was, once: no event tells of them any more. Takes up
 * where it was interrupted.
 */
export function createCopyOnce({ db, movies, identity }: Deps): () => Promise<void> {
  let done = false

  const films = async (after: string | undefined) => {
    const { items } = await movies.asService().copyMovies({ ...(after ? { after } : {}), limit: pageSize })
    await keepFilms(db, items.map(toFilm))
    return items.at(-1)?.movieId
  }
  const people = async (after: string | undefined) => {
    const { items } = await identity.asService().copyUsers({ ...(after ? { after } : {}), limit: pageSize })
    await keepPeople(
      db,
      items.map(({ id, joinedAt, ...person }) => ({ ...person, userId: id, joinedAt })),
    )
    return items.at(-1)?.id
  }

  return async () => {
    if (done) return
    await copy('films', films)
    await copy('people', people)
    done = true
  }

  async function copy(what: string, page: (after: string | undefined) => Promise<string | undefined>) {
    const { rows } = await db.query<{ reached: string | null; done: boolean }>(
      'select reached, done from copied where what = $1',
      [what],
    )
    if (rows[0]?.done) return
    let reached = rows[0]?.reached ?? undefined
    for (let last = await page(reached); last !== undefined; last = await page(reached)) {
      reached = last
      await note(what, reached, false)
    }
    await note(what, reached, true)
  }

  async function note(what: string, reached: string | undefined, isDone: boolean) {
    await db.query(
      `insert into copied (what, reached, done) values ($1, $2, $3)
       on conflict (what) do update set reached = excluded.reached, done = excluded.done`,
      [what, reached ?? null, isDone],
    )
  }
}
