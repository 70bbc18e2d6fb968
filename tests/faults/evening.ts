import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '@marquee/kit/sql'
import { advanceService } from '../harness/advance.ts'
import { type Ask, client, person } from '../harness/client.ts'
import { type House, inDays, made, newcomer, openHouse, openShow, rows, until } from '../harness/house.ts'
import { type Marquee, startMarquee } from '../harness/marquee.ts'
import { attend, type Character, type Crowd } from './buyer.ts'
import { withBooks } from './evidence.ts'
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
    killPostgres: () => process.kill(postmasterOf(marquee), 'SIGKILL'),
    end: async () => {
      // A house that fell mid-test is opened once more, so that all it left running is found and ended.
      await marquee.remove()
    },
  }
}

export const postmasterOf = ({ data }: Pick<Marquee, 'data'>): number =>
  Number(readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])

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

/** Resolves when nothing is under way any more: payments, refunds, mails, outboxes, queues. */
export async function settled(evening: Place, seconds = 40): Promise<void> {
  await withBooks(evening.marquee(), async (db) => {
    const { rows: schemas } = await db.query<{ name: string }>(
      "select table_schema as name from information_schema.tables where table_name = 'outbox'",
    )
    const open = [
      "select 'orders' as what, count(*)::int as left from booking.orders where status = 'paying'",
      "select 'attempts', count(*)::int from payments.attempts where status in ('started', 'pending')",
      "select 'refunds', count(*)::int from payments.refunds where status = 'pending'",
      "select 'owed', count(*)::int from booking.refunds where status = 'pending'",
      "select 'mails', count(*)::int from notifications.mails where status = 'queued'",
      ...((await hasTable(db, 'bus.job'))
        ? ["select 'jobs', count(*)::int from bus.job where state <> 'completed'"]
        : []),
      ...((await hasTable(db, 'bus.set_aside'))
        ? ["select 'set aside', count(*)::int from bus.set_aside"]
        : []),
      ...schemas.map(({ name }) => `select 'outbox ${name}', count(*)::int from ${name}.outbox`),
    ].join(' union all ')
    let left = ''
    await until(async () => {
      const { rows: counts } = await db.query<{ what: string; left: number }>(open)
      left = counts.flatMap((one) => (one.left > 0 ? [`${one.what}: ${one.left}`] : [])).join(', ')
      return left === ''
    }, seconds).catch((cause: unknown) => {
      throw new Error(`after ${seconds} s there is still ${left}`, { cause })
    })
  })
}

// Which of them there are depends on what brings the events.
async function hasTable(db: Database, name: string): Promise<boolean> {
  const { rows } = await db.query<{ there: boolean }>('select to_regclass($1) is not null as there', [name])
  return rows[0]?.there ?? false
}
