import { randomUUIDv7 } from 'node:crypto'
import { identityContract } from '@marquee/contracts/identity'
import { moviesContract } from '@marquee/contracts/movies'
import { watchlistContract } from '@marquee/contracts/watchlist'
import { bootService, neighbour, person } from '@marquee/kit/testing'
import { strToU8, zipSync } from 'fflate'
import { expect } from 'vitest'
import { reviews } from '../src/index.ts'
import { facts } from './film-club.ts'

const known = ['Sunrise', 'Metropolis', 'Tabu', 'Nosferatu'].map((title) => ({ id: randomUUIDv7(), title }))
export const idOf = (title: string) => known.find((film) => film.title === title)?.id ?? ''
/** A film comes to the catalogue. */
export const arrive = (title: string) => known.push({ id: randomUUIDv7(), title })
export const films = 'Date,Name,Year,Letterboxd URI'
export const archive = zipSync({
  'ratings.csv': strToU8(`${films},Rating\n2021-03-02,Sunrise,1927,x,4.5\n2021-03-02,Taboo,1931,x,3\n`),
  'diary.csv': strToU8(
    `${films},Rating,Rewatch,Tags,Watched Date\n2021-03-01,Sunrise,1927,x,4.5,,silent,2021-02-28\n2022-03-01,Sunrise,1927,x,4.5,Yes,"silent, again",2022-02-28\n`,
  ),
  'reviews.csv': strToU8(
    `${films},Rating,Rewatch,Review,Tags,Watched Date\n2021-03-01,Sunrise,1927,x,4.5,,"'=SUM(1) is how it feels",silent,2021-02-28\n`,
  ),
  'watchlist.csv': strToU8(`${films}\n2022-01-05,Nosferatu,1922,x\nyesterday,Metropolis,1927,x\n`),
})

type World = {
  /** What happens while a row is on its way to the watchlist. */
  meanwhile?: (() => Promise<unknown>) | undefined
}

/** The service with a catalogue of four films and a watchlist, and what somebody does who moves. */
export async function openMoving() {
  const wishes = new Map<string, Map<string, string>>()
  const world: World = {}
  const movies = neighbour(moviesContract, {
    copyMovies: (({ ids, after = '' }: { ids?: string[]; after?: string }) => ({
      items: known
        .filter(({ id }) => (ids ? ids.includes(id) : id > after))
        .map(({ id, title }) => ({ ...facts(id, title), externalIds: { imdb: `tt00000${title.length}` } })),
    })) as never,
    matchMovies: (({ films }: { films: { key: string; title: string }[] }) => ({
      items: films.map(({ key, title }) => ({
        key,
        movieId: idOf(title) || null,
        candidates: idOf(title) ? [] : [idOf('Tabu')],
      })),
    })) as never,
  })
  const watchlist = neighbour(watchlistContract, {
    importWatchlist: (async ({
      userId,
      films,
    }: {
      userId: string
      films: { movieId: string; addedAt: string }[]
    }) => {
      await world.meanwhile?.()
      const mine = wishes.get(userId) ?? new Map<string, string>()
      wishes.set(userId, mine)
      const added = films.filter(({ movieId }) => !mine.has(movieId))
      for (const { movieId, addedAt } of added) mine.set(movieId, addedAt)
      return { added: added.length, unchanged: films.length - added.length }
    }) as never,
    exportWatchlist: (({ userId }: { userId: string }) => ({
      items: [...(wishes.get(userId) ?? [])].map(([id, addedAt]) => ({
        movie: { id, title: 'x', year: null, posterUrl: '/' },
        addedAt,
      })),
    })) as never,
  })
  const identity = neighbour(identityContract, { copyUsers: (() => ({ items: [] })) as never })

  const club = await bootService(reviews, { neighbours: [movies, watchlist, identity] })
  await club.runJob('copy-once')
  return { club, world, upload, moveIn, download }

  async function upload(userId: string, bytes: Uint8Array, name = 'letterboxd.zip') {
    const form = new FormData()
    form.set('file', new File([new Uint8Array(bytes)], name))
    const request = new Request('http://x', { method: 'POST', body: form })
    const answer = await club.app.inject({
      method: 'POST',
      url: '/api/me/import',
      headers: {
        'content-type': request.headers.get('content-type') ?? '',
        'x-test-caller': JSON.stringify(person(userId)),
      },
      payload: Buffer.from(await request.arrayBuffer()),
    })
    return { status: answer.statusCode, body: answer.json() }
  }

  async function moveIn(userId: string, bytes: Uint8Array, name?: string) {
    const { status, body } = await upload(userId, bytes, name)
    expect(status).toBe(202)
    await club.runJob('run-imports')
    return club.as(person(userId)).getImport({ importId: body.id })
  }

  async function download(userId: string, path: string) {
    const answer = await club.app.inject({
      url: `/api/me/export/${path}`,
      headers: { 'x-test-caller': JSON.stringify(person(userId)) },
    })
    expect(answer.statusCode).toBe(200)
    return answer
  }
}

export type Moving = Awaited<ReturnType<typeof openMoving>>
