import type { Order } from '@marquee/contracts/booking'
import { createElement, type ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { MemoryRouter } from 'react-router'
import { expect, test } from 'vitest'
import { i18nFor } from '../../i18n.ts'
import { Ended } from './ended.tsx'
import { OrderLists } from './order-lists.tsx'
import './texts.ts'

const shown = (page: ReactElement, language: string) =>
  renderToStaticMarkup(
    createElement(I18nextProvider, { i18n: i18nFor(language) }, createElement(MemoryRouter, null, page)),
  )
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
const ended = (order: Order, language = 'en') => shown(createElement(Ended, { order }), language)
const listed = (...orders: Order[]) => shown(createElement(OrderLists, { orders }), 'en')

/** An order whose hold is over, and what of it came back. */
const anEnd = ({ cancelled = false, returned }: { cancelled?: boolean; returned?: Order['returned'] }) =>
  ({
    id: 'o',
    showId: 's',
    status: 'expired',
    seats: [{ seatId: 'F12', row: 'F', number: '12', ticketType: 'adult' }],
    show: {
      movieTitle: 'Metropolis',
      theaterName: 'Roxy',
      screenName: 'Screen 1',
      startsAt: '2099-12-05T20:30:00Z',
      localStart: '2099-12-05T20:30',
      runtimeMinutes: 153,
      cancelled,
    },
    returned,
  }) as Order
const back = (status: 'pending' | 'done') => [{ amount: { amount: 2600, currency: 'EUR' }, status }]

test('who paid for a show that was cancelled meanwhile reads what was charged, and that it comes back', () => {
  const order = anEnd({ cancelled: true, returned: back('pending') })
  expect(ended(order)).toContain('€26.00 was charged. All of it is on its way back')
  expect(ended(order, 'de')).toContain('26,00 € wurden abgebucht. Alles ist unterwegs')
  expect(ended(order)).not.toContain('Nothing was charged')
  expect(ended(order)).not.toContain('Hold the same seat')
  expect(ended(order)).toContain('What is on')
})

test('who paid too late reads that the money went back, and may hold the same seats again', () => {
  const order = anEnd({ returned: back('done') })
  expect(ended(order)).toContain('€26.00 was charged. All of it has been sent back')
  expect(ended(order)).toContain('Hold the same seat again')
})

test('a hold that ran out unpaid was charged nothing, and a cancelled show is not held again', () => {
  expect(ended(anEnd({}))).toContain('The line has burned down')
  expect(ended(anEnd({}))).toContain('Hold the same seat again')
  expect(ended(anEnd({ cancelled: true }))).toContain('This show was cancelled Nothing was charged.')
  expect(ended(anEnd({ cancelled: true }))).not.toContain('Hold the same seat')
})

test('an order that was paid and paid back stays in the list, under what is over', () => {
  expect(listed(anEnd({ returned: back('pending') }))).toMatch(/Past.*Metropolis.*no tickets, money back/)
  expect(listed(anEnd({ returned: back('pending') }))).not.toContain('Coming up')
  expect(listed(anEnd({}))).toContain('No tickets here yet')
})
