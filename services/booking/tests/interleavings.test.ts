import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type BoxOffice, openBoxOffice } from './box-office.ts'
import { evening, type Move, type Plant, play } from './play.ts'

const numRuns = Number(process.env.BOOKING_RUNS ?? 40)

let office: BoxOffice
beforeEach(async () => {
  office = await openBoxOffice()
})
afterEach(() => office.close())

test('whatever buyers, providers and clocks do in whatever order, every seat is sold once and every cent is accounted for', {
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(evening, async (waves) => {
      expect(await play(office, waves)).toEqual([])
    }),
    { numRuns },
  )
})

const hold = (buyer: number, ...seats: number[]): Move => ({ kind: 'hold', buyer, seats })
const pay = (order: number, card: 'pays' | 'asksMore' = 'pays'): Move => ({
  kind: 'pay',
  order,
  card,
  webhookFirst: false,
})
const webhook: Move = { kind: 'webhook', attempt: 0, captured: true, times: 2 }
const waves = (...moves: Move[]): Move[][] => moves.map((move) => [move])

describe('the referee notices', { timeout: 120_000 }, () => {
  async function expectCaught(example: Move[][], plant: Plant = {}) {
    const outcome = await fc.check(
      fc.asyncProperty(evening, async (given) => {
        expect(await play(office, given, plant)).toEqual([])
      }),
      { numRuns: 30, examples: [[example]], endOnFailure: true },
    )
    expect(outcome.failed).toBe(true)
  }

  test('nothing when the same evenings are played without a planted bug', async () => {
    for (const evening of [soldTwice, capturedTwice, takenWhilePaying])
      expect(await play(office, evening)).toEqual([])
  })

  const soldTwice = waves(hold(0, 0, 1), pay(0), { kind: 'sweep' }, hold(1, 0, 1), pay(1))
  const capturedTwice = waves(hold(0, 0, 1), pay(0), webhook)
  const takenWhilePaying = waves(
    hold(0, 0, 1),
    pay(0, 'asksMore'),
    { kind: 'restart' },
    { kind: 'advance', minutes: 9 },
    hold(1, 0, 1),
  )

  const deleteSold: Plant = {
    afterSweep: async ({ db }, { show }) => {
      await db.query(`delete from seat_claims where show_id = $1 and state = 'sold'`, [show.showId])
      await db.query('update shows set version = version + 1 where id = $1', [show.showId])
    },
  }

  test('a sweeper that deletes sold claims', () => expectCaught(soldTwice, deleteSold))

  test('a dropped ticket key, once the claims fail too', async () => {
    await office.admin.query('drop index booking.tickets_one_a_seat')
    const problems = await play(office, soldTwice, { ...deleteSold, patient: true })
    expect(problems).toContain('A1 has two live tickets')
  })

  test('a webhook that is not idempotent', async () => {
    // The order forgets which attempt won, so that the next webhook of it looks like another one's.
    await office.admin.query(`
      create function booking.forget() returns trigger language plpgsql as $$
      begin new.attempt_id := gen_random_uuid(); return new; end $$;
      create trigger forget before update on booking.orders for each row
        when (new.status = 'confirmed' and old.status = 'paying') execute function booking.forget()`)
    await expectCaught(capturedTwice)
  })

  test('a takeover of a claim that is being paid', async () => {
    await office.admin.query(`
      create function booking.lose() returns trigger language plpgsql as $$
      begin new.state := 'held'; return new; end $$;
      create trigger lose before update on booking.seat_claims for each row
        when (new.state = 'paying') execute function booking.lose()`)
    await expectCaught(takenWhilePaying)
  })
})
