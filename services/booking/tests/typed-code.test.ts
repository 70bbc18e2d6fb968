import { randomUUIDv7 } from 'node:crypto'
import { shortCodeOf } from '@marquee/contracts/short-code'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BoxOffice, openBoxOffice } from './box-office.ts'
import { sellTwo } from './sell-two.ts'

let office: BoxOffice
beforeAll(async () => {
  office = await openBoxOffice()
})
afterAll(() => office.close())

const typed = (ticket: { id: string; code: string }) => ({ ...ticket, short: shortCodeOf(ticket.id) })

async function sell() {
  const sold = await sellTwo(office)
  return { ...sold, showId: sold.show.showId, first: typed(sold.first), second: typed(sold.second) }
}

test('a typed code admits its ticket once, as the QR would', async () => {
  const { showId, usher, first } = await sell()
  const admitted = await usher.checkIn({ code: first.short, showId })
  expect(admitted).toMatchObject({
    result: 'admitted',
    ticket: { id: first.id, seatId: 'A1', ticketTypeName: 'Adult', movieTitle: 'The Harbour' },
  })
  const { admittedAt } = admitted
  expect(await usher.checkIn({ code: first.short, showId })).toMatchObject({
    result: 'already-admitted',
    admittedAt,
  })
  expect(await usher.checkIn({ code: first.code, showId })).toMatchObject({
    result: 'already-admitted',
    admittedAt,
  })
})

test('a code is read as hands write it', async () => {
  const { showId, usher, first } = await sell()
  const written = ` ${first.short.toLowerCase().replace('-', '').replaceAll('0', 'o').replaceAll('1', 'l')} `
  expect(await usher.checkIn({ code: written, showId })).toMatchObject({ result: 'admitted' })
})

test('doors that type and scan one ticket together admit it once', async () => {
  const { showId, usher, first } = await sell()
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      usher.checkIn({ code: at % 2 === 0 ? first.short : first.code, showId }),
    ),
  )
  const results = answers.map(({ result }) => result).sort()
  expect(results).toEqual(['admitted', ...Array(7).fill('already-admitted')])
})

test('the same scan of a typed code repeats its answer', async () => {
  const { showId, usher, first } = await sell()
  const scan = { code: first.short, showId, scanId: randomUUIDv7() }
  const answer = await usher.checkIn(scan)
  expect(answer.result).toBe('admitted')
  expect(await usher.checkIn(scan)).toEqual(answer)
})

test('a typed code counts for its own show only, and for none when none is named', async () => {
  const { show, showId, usher, first } = await sell()
  const other = await office.putOn(['............'], { theaterId: show.theaterId })
  expect(await usher.checkIn({ code: first.short, showId: other.showId })).toEqual({ result: 'invalid' })
  expect(await usher.checkIn({ code: first.short, showId: randomUUIDv7() })).toEqual({ result: 'invalid' })
  expect(await usher.checkIn({ code: first.short })).toEqual({ result: 'invalid' })
  expect(await usher.checkIn({ code: first.short, showId })).toMatchObject({ result: 'admitted' })
})

test('a refunded ticket, one of a cancelled show, and a code of nobody stay outside', async () => {
  const { show, showId, buyer, order, usher, first, second } = await sell()
  await buyer.refundOrder({ orderId: order.id, tickets: [second.id] })
  expect(await usher.checkIn({ code: second.short, showId })).toMatchObject({ result: 'refunded' })
  const nobody = shortCodeOf(randomUUIDv7())
  expect(await usher.checkIn({ code: nobody, showId })).toEqual({ result: 'invalid' })
  await office.cancel(show)
  expect(await usher.checkIn({ code: first.short, showId })).toMatchObject({ result: 'refunded' })
})

test('who works elsewhere hears the same of every code, right or wrong', async () => {
  const { showId, buyer, usher, first } = await sell()
  const elsewhere = await sell()
  const wrong = shortCodeOf(randomUUIDv7())
  for (const code of [first.short, wrong]) {
    expect(await buyer.attempt.checkIn({ code, showId })).toMatchObject({ status: 403 })
    expect(await elsewhere.usher.attempt.checkIn({ code, showId })).toMatchObject({ status: 403 })
    const scans = [{ code, showId, scanId: randomUUIDv7() }]
    expect(await elsewhere.usher.attempt.checkInBatch({ scans })).toMatchObject({ status: 403 })
    expect(await elsewhere.usher.checkIn({ code, showId: elsewhere.showId })).toEqual({ result: 'invalid' })
  }
  expect(await usher.checkIn({ code: first.short, showId })).toMatchObject({ result: 'admitted' })
})

test('a batch in which one typed code is of another theater admits nobody', async () => {
  const { showId, usher, first } = await sell()
  const elsewhere = await sell()
  const scan = (code: string, show: string) => ({ code, showId: show, scanId: randomUUIDv7() })
  const scans = [scan(first.short, showId), scan(elsewhere.first.short, elsewhere.showId)]
  expect(await usher.attempt.checkInBatch({ scans })).toMatchObject({ status: 403 })
  expect(await usher.checkIn({ code: first.short, showId })).toMatchObject({ result: 'admitted' })
})

test('what was typed at doors without a network is admitted later, or reported as a conflict', async () => {
  const { showId, usher, first, second } = await sell()
  const scannedAt = Temporal.Now.instant().subtract({ minutes: 3 }).toString()
  const scan = (code: string) => ({ code, showId, scanId: randomUUIDv7(), scannedAt })
  const batch = [scan(first.short), scan(second.short)]
  const { items } = await usher.checkInBatch({ scans: batch })
  expect(items.map(({ result }) => result)).toEqual(['admitted', 'admitted'])
  expect((await usher.checkInBatch({ scans: batch })).items).toEqual(items)
  const other = await usher.checkInBatch({ scans: [scan(first.short), scan(second.code)] })
  expect(other.items).toMatchObject([{ result: 'conflict' }, { result: 'conflict' }])
})

test('a code that two tickets of a show share admits neither, the QR does', async () => {
  const { showId, usher, first, second } = await sell()
  await office.db.query(`update tickets set id = (left(id::text, 26) || right($1, 10))::uuid where id = $2`, [
    first.id,
    second.id,
  ])
  expect(await usher.checkIn({ code: first.short, showId })).toEqual({ result: 'invalid' })
  expect(await usher.checkIn({ code: first.code, showId })).toMatchObject({ result: 'admitted' })
})
