import { advanceService } from '../harness/advance.ts'
import { withBooks } from '../harness/books.ts'
import { type Ask, client, person } from '../harness/client.ts'
import { type House, inDays, made, newcomer, openHouse, openShow, rows } from '../harness/house.ts'
import { type Marquee, startMarquee } from '../harness/marquee.ts'
import { postmasterOf } from '../harness/postmaster.ts'
import { attend, type Character, type Crowd } from './buyer.ts'
import { type Notes, openNotes } from './notes.ts'

/** A server that may die, a house on it, and buyers who outlive both. */
export type Evening = {
  marquee: () => Marquee
  crowd: Crowd
  house: House
  admin: Ask
  newShow: () => Promise<string>
  /** Sends people to a show; resolves when the last has gone home. */
  rush: (showId: string, characters: readonly Character[]) => { notes: Notes[]; over: Promise<void> }
  /** Opens the doors again, with this environment, on the same data. */
  reopen: (env?: Record<string, string>) => Promise<void>
  /** Buyers wait with their next request from here. */
  close: () => void
  killPostgres: () => void
  end: () => Promise<void>
}

const quick = { MARQUEE_LIMITS: 'off', PAYMENTS_FIRST_CHECK_SECONDS: '1' }

export async function openEvening(random: () => number): Promise<Evening> {
  let marquee = await startMarquee(quick)
  let gate = Promise.withResolvers<void>()
  gate.resolve()
  const { origin } = marquee
  const owner = await newcomer(origin, 'owner')
  const admin = await person(origin, 'admin@marquee.example')
  const { items } = await made<{ items: { id: string }[] }>(client(origin)('GET', '/api/movies?limit=1'))
  const movieId = items[0]?.id ?? ''
  const house = await openHouse(owner, { movieId, layout: rows(8, 10) })
  let days = 8
  let buyers = 0

  const crowd: Crowd = {
    origin,
    usher: owner,
    open: () => gate.promise,
    pause: () => new Promise((resolve) => setTimeout(resolve, 20 + random() * 60)),
  }
  return {
    marquee: () => marquee,
    crowd,
    house,
    admin,
    newShow: () =>
      openShow(owner, house.id, {
        screenId: house.screenId,
        movieId,
        localStart: `${inDays(days++)}T20:00`,
        priceCardId: house.priceCardId,
      }),
    rush(showId, characters) {
      const people = characters.map((character) => ({
        character,
        notes: openNotes(`buyer-${buyers++}`, showId),
      }))
      const over = Promise.all(people.map(({ character, notes }) => attend(crowd, notes, character)))
      return { notes: people.map(({ notes }) => notes), over: over.then(() => {}) }
    },
    close() {
      gate = Promise.withResolvers()
    },
    async reopen(env = {}) {
      marquee = await marquee.restart({ MARQUEE_CRASH_AT: '', NODE_OPTIONS: '', ...env })
      gate.resolve()
    },
    killPostgres: () => process.kill(postmasterOf(marquee).pid, 'SIGKILL'),
    end: async () => {
      // A house that fell mid-test is opened once more, so that all it left running is found and ended.
      await marquee.remove()
    },
  }
}

type Place = { marquee: () => Pick<Marquee, 'data'> }

/** Lets holds, silent payments and what a killed server had in hand come to their time. */
export async function letTimePass(evening: Place, minutes: number): Promise<void> {
  await advanceService(evening.marquee(), 'booking', { minutes })
  await advanceService(evening.marquee(), 'notifications', { minutes: Math.max(minutes, 11) })
  // The clock of payments stays: deadlines of attempts come from elsewhere and would pass.
  await withBooks(evening.marquee(), (db) =>
    db.query("update payments.refunds set try_at = clock_timestamp() where status = 'pending'"),
  )
}
