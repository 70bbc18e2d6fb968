import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withBooks } from '../harness/books.ts'
import { until } from '../harness/house.ts'
import { settled } from '../harness/settled.ts'
import type { Character } from './buyer.ts'
import { judge } from './checkers.ts'
import { type Evening, letTimePass, openEvening } from './evening.ts'
import { gather } from './evidence.ts'
import type { Notes } from './notes.ts'
import { createRandom } from './random.ts'

let evening: Evening
beforeAll(async () => {
  evening = await openEvening(createRandom(7))
}, 120_000)
afterAll(() => evening?.end(), 60_000)

const plant = (name: string) => ({
  NODE_OPTIONS: `--import ${fileURLToPath(new URL(`./plants/${name}.ts`, import.meta.url))}`,
})
const crowd = (afterwards: Character['afterwards'], count = 12): Character[] =>
  Array.from({ length: count }, () => ({ seats: 2, paying: 'pays', afterwards }))

const reopen = async (env: Record<string, string> = {}) => {
  evening.close()
  await evening.marquee().stop()
  await evening.reopen(env)
}
const dieAndReopen = async (env: Record<string, string> = {}) => {
  evening.close()
  await evening.marquee().kill()
  await letTimePass(evening, 2)
  await evening.reopen(env)
}
const findings = async (notes: readonly Notes[]) =>
  judge(await gather(evening.marquee(), evening.crowd, notes))

test('an order answered before its commit is missed', async () => {
  const show = await evening.newShow()
  await reopen(plant('answer-before-commit'))
  const { notes, over } = evening.rush(show, crowd('home'))
  await until(async () => notes.some(({ order }) => order))
  await dieAndReopen()
  await over
  expect(await findings(notes)).toHaveProperty('acknowledged orders are there')
}, 120_000)

test('a second order under one key is noticed', async () => {
  const show = await evening.newShow()
  await reopen({ ...plant('key-not-kept'), MARQUEE_CRASH_AT: 'booking.hold.committed' })
  const { notes, over } = evening.rush(show, crowd('home'))
  await evening.marquee().exited
  await dieAndReopen()
  await over
  expect(await findings(notes)).toHaveProperty('a key buys once')
}, 120_000)

test('mails of events that were forgotten before the bus had them are missed', async () => {
  const show = await evening.newShow()
  await reopen(plant('forget-before-delivery'))
  const { notes, over } = evening.rush(show, crowd('home'))
  await until(async () => notes.some(({ tickets }) => tickets.length > 0))
  await withBooks(evening.marquee(), (db) =>
    until(async () => (await db.query('select 1 from booking.outbox')).rowCount === 0),
  )
  await dieAndReopen()
  await over
  await settled(evening.marquee())
  expect(await findings(notes)).toHaveProperty('confirmed orders were mailed once')
}, 120_000)

test('a ticket given back without its money is noticed', async () => {
  const show = await evening.newShow()
  await reopen(plant('refund-marked-early'))
  const { notes, over } = evening.rush(show, crowd('refund'))
  await withBooks(evening.marquee(), (db) =>
    until(
      async () =>
        (
          await db.query(
            `select 1 from booking.refunds r where status = 'done'
               and not exists (select from payments.refunds p where p.id = r.id)`,
          )
        ).rowCount > 0,
    ),
  )
  await dieAndReopen()
  await over
  await settled(evening.marquee())
  expect(await findings(notes)).toHaveProperty('captures have tickets or a refund')
}, 120_000)

test('a capture that the ledger does not tell of is noticed', async () => {
  const show = await evening.newShow()
  await reopen(plant('no-postings'))
  const { notes, over } = evening.rush(show, crowd('home'))
  await over
  expect(await findings(notes)).toHaveProperty('our ledger equals the book')
}, 120_000)

test('a payment that nobody ends is noticed', async () => {
  const show = await evening.newShow()
  await reopen({ MARQUEE_CRASH_AT: 'booking.pay.begun' })
  const { notes, over } = evening.rush(show, crowd('home', 3))
  await evening.marquee().exited
  await dieAndReopen(plant('silence-kept'))
  await expect(settled(evening.marquee(), 12)).rejects.toThrow('still')
  expect(await findings(notes)).toHaveProperty('everything ended')
  await reopen()
  await letTimePass(evening, 2)
  await over
}, 120_000)

test('seats sold twice are noticed once both keys are gone: claims of sold seats and the key of tickets', async () => {
  const show = await evening.newShow()
  await reopen()
  const first = evening.rush(show, crowd('home'))
  await first.over
  await withBooks(evening.marquee(), async (db) => {
    await db.query('drop index booking.tickets_one_a_seat')
    await db.query('delete from booking.seat_claims where show_id = $1', [show])
  })
  await reopen()
  const second = evening.rush(show, crowd('home'))
  await second.over
  expect(await findings([...first.notes, ...second.notes])).toHaveProperty('no seat has two live tickets')
}, 120_000)

test('locks taken the other way round are noticed', async () => {
  const show = await evening.newShow()
  await reopen()
  expect(await findings([])).toEqual({})
  await reopen(plant('order-before-show'))
  const { notes, over } = evening.rush(show, crowd('home'))
  await over
  expect(await findings(notes)).toHaveProperty('locks are taken in order')
}, 120_000)
