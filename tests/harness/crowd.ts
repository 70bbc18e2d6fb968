import http from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { type Ask, client } from './client.ts'
import { buy, made } from './house.ts'

export type CrowdWish = {
  origin: string
  showId: string
  /** Whose ratings are set again and again, and of which film. */
  rater?: { ask: Ask; movieId: string }
}
export type Evening = {
  answered: number
  /** Orders that were answered as paid. */
  bought: { id: string; secret: string; seats: { seatId: string }[] }[]
  /** Seats that those who watch have been told of. */
  seen: ReadonlySet<string>
  /** Every request that did not end as it should, in words. */
  lost: readonly string[]
}

/**
 * People who browse on connections they keep and on new ones, buy, rate and watch, none of whom tries anything twice;
 * only who watches comes back when told to.
 */
export function startCrowd({ origin, showId, rater }: CrowdWish): {
  soFar: () => Evening
  leave: () => Promise<Evening>
} {
  const evening = {
    answered: 0,
    bought: [] as Evening['bought'],
    seen: new Set<string>(),
    lost: [] as string[],
  }
  let stays = true
  const pages = [
    '/',
    '/api/movies?limit=5',
    `/api/shows/${showId}/seats`,
    `/shows/${showId}`,
    '/api/theaters',
  ]
  const nobody = client(origin)

  const during = async (what: string, work: () => Promise<unknown>, rest: number) => {
    while (stays) {
      try {
        await work()
        evening.answered += 1
      } catch (error) {
        const { cause } = error instanceof Error ? error : {}
        evening.lost.push(`${what}: ${error instanceof Error ? error.message : error} ${cause ?? ''}`)
      }
      await pause(rest)
    }
  }
  const people = [
    ...pages.flatMap((page) => {
      const kept = new http.Agent({ keepAlive: true, maxSockets: 1 })
      return [
        during(page, () => get(origin, page, kept), 20),
        during(`${page} anew`, () => get(origin, page, new http.Agent()), 50),
      ]
    }),
    ...Array.from({ length: 3 }, () =>
      during(
        'buying',
        async () =>
          evening.bought.push(await buy(nobody, showId, { email: 'guest@people.example', count: 1 })),
        200,
      ),
    ),
    ...(rater
      ? [
          during(
            'rating',
            () => made(rater.ask('PUT', `/api/movies/${rater.movieId}/rating`, { body: { stars: 4 } })),
            50,
          ),
        ]
      : []),
  ]
  const watchers = Array.from({ length: 4 }, () => watch(origin, showId, evening.seen))

  return {
    soFar: () => evening,
    async leave() {
      stays = false
      await Promise.all(people)
      for (const watcher of watchers) watcher.leave()
      return evening
    },
  }
}

function get(origin: string, path: string, agent: http.Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.get(`${origin}${path}`, { agent }, (response) => {
      response.resume()
      response.on('error', reject)
      response.on('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`answered ${response.statusCode}`)),
      )
    })
    request.on('error', reject)
  })
}

function watch(origin: string, showId: string, seen: Set<string>) {
  let socket: WebSocket | undefined
  let leaving = false
  open()
  return {
    leave: () => {
      leaving = true
      socket?.close()
    },
  }

  function open(): void {
    if (leaving) return
    socket = new WebSocket(`${origin.replace('http', 'ws')}/api/live?show=${showId}`)
    socket.addEventListener('message', ({ data }) => {
      const { taken = [] }: { taken?: string[] } = JSON.parse(String(data))
      for (const seat of taken) seen.add(seat)
    })
    socket.addEventListener('close', () => setTimeout(open, 100))
  }
}
