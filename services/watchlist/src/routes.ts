import { watchlistContract } from '@marquee/contracts/watchlist'
import { badCursor, type CallRequest, fail, implement } from '@marquee/kit/contract'
import type { Document, DocumentStore } from '@marquee/kit/documents'
import type { Reads } from '@marquee/kit/service'
import type { ChangeList } from './change-list.ts'
import type { Move } from './move.ts'
import type { ReadList } from './read-list.ts'
import { type Home, type Wish, wishId } from './wishes.ts'

type Deps = {
  wishes: DocumentStore<Wish>
  homes: DocumentStore<Home>
  move: Move
  changes: ChangeList
  lists: ReadList
  reads: Reads
}

const myId = ({ caller }: CallRequest): string => {
  if (!caller.userId) throw new Error('a person was let in without an id')
  return caller.userId
}
const presentHome = ({ label, location, radiusKm }: Home | Document<Home>): Home => ({
  label,
  location,
  radiusKm,
})

export function createRoutes({ wishes, homes, move, changes, lists, reads }: Deps) {
  return implement(watchlistContract, {
    handlers: {
      listWatchlist: async ({ cursor, limit }, request) =>
        (await lists.page(reads.for(request.caller), myId(request), { cursor, limit })) ?? badCursor(),
      onWatchlist: async ({ movieId }, request) => ({
        listed: (await wishes.get(wishId(myId(request), movieId)))?.listed ?? false,
      }),
      addToWatchlist: async ({ movieId }, request) =>
        (await changes.add(myId(request), movieId)) ? undefined : fail('not-found'),
      removeFromWatchlist: async ({ movieId }, request) => {
        await changes.remove(myId(request), movieId)
        return undefined
      },
      getHome: async (_input, request) => {
        const home = await homes.get(myId(request))
        return { home: home ? presentHome(home) : null }
      },
      putHome: async ({ home }, request) => {
        await move(myId(request), home && presentHome(home))
        return { home }
      },
      importWatchlist: async ({ userId, films }) => {
        const additions = films.map(({ movieId, addedAt }) => ({
          movieId,
          addedAt: Temporal.Instant.from(addedAt),
        }))
        const added = await changes.addMany(userId, additions)
        return { added, unchanged: films.length - added }
      },
      exportWatchlist: async ({ userId }) => ({ items: await lists.whole(userId) }),
    },
  })
}
