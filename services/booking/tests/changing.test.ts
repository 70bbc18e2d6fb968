import { type Flags, usualFlags } from '@marquee/kit/flags'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bookingConfig } from '../src/config.ts'
import { adult, type BoxOffice, openBoxOffice } from './box-office.ts'

/** What an operator changes while booking runs. */
const config = bookingConfig.parse({})
let guestsMayBuy = true
const flags: Flags = { ...usualFlags, isOn: async () => guestsMayBuy }

let office: BoxOffice
beforeAll(async () => {
  office = await openBoxOffice({}, { config, flags })
})
afterAll(() => office.close())

const hall = ['............', '............']
const email = 'guest@example.org'
const hold = (showId: string, seat: string) =>
  office.client.as(office.guest()).createOrder({ showId, seats: adult(seat), email })

test('a hold lasts as long as the rules say when it begins, and an extension what they say then', async () => {
  const show = await office.putOn(hall)
  expect(await hold(show.showId, 'A1')).toMatchObject({ holdSecondsLeft: 480 })
  config.holdMinutes = 3
  config.extendMinutes = 1
  const order = await hold(show.showId, 'A2')
  expect(order).toMatchObject({ holdSecondsLeft: 180 })
  const buyer = office.client.as(office.guest(order.secret))
  expect(await buyer.extendHold({ orderId: order.id })).toMatchObject({ holdSecondsLeft: 240 })
})

test('while guests must log in nobody begins without an account, and who has begun goes on', async () => {
  const show = await office.putOn(hall)
  const begun = await hold(show.showId, 'A1')
  guestsMayBuy = false
  const refused = office.client.as(office.guest()).attempt
  expect(await refused.createOrder({ showId: show.showId, seats: adult('A2'), email })).toMatchObject({
    ok: false,
    code: 'unauthenticated',
  })
  const buyer = office.client.as(office.guest(begun.secret))
  expect(await buyer.extendHold({ orderId: begun.id })).toMatchObject({ status: 'held' })
  const member = office.client.as(office.person())
  expect(await member.createOrder({ showId: show.showId, seats: adult('A2') })).toMatchObject({
    status: 'held',
  })
  guestsMayBuy = true
})
