import { expect, test } from 'vitest'
import type { Layout, TicketType } from '../manage-types.ts'
import { cellOf, pricesOf } from '../prices/price-grid.tsx'
import {
  accessTickets,
  anotherTicket,
  gridFor,
  type Halls,
  hallsOf,
  mostTickets,
  retiredKeys,
  startTickets,
  suggestedPrices,
  type Ticket,
  unsoldZones,
  withKeys,
} from './first-tickets.ts'

const words = {
  adult: 'Adult',
  reduced: 'Reduced',
  reducedProof: 'Student card',
  wheelchair: 'Wheelchair user',
  companion: 'Companion',
}
type Kind = Layout['seats'][number]['kind']

test('every seat of the drawn hall can be sold, wheelchair spaces and the seats beside them with tickets of their own', () => {
  const halls = hallsOf([
    hall(['standard', 'standard'], ['standard', 'wheelchair'], ['standard', 'companion'], ['sofas', 'sofa']),
  ])
  const tickets = [...startTickets([], words), ...accessTickets([], words)]
  const prices = priced(tickets, halls, 'EUR')
  expect(prices).toEqual([
    'standard adult 1100',
    'standard reduced 800',
    'standard wheelchair 800',
    'standard companion 0',
    'sofas adult 1300',
    'sofas reduced 1000',
  ])
  expect(tickets.map(({ key, requires }) => [key, requires])).toEqual([
    ['adult', []],
    ['reduced', []],
    ['wheelchair', []],
    ['companion', ['wheelchair']],
  ])
})

test('prices to start from are round in every currency', () => {
  const halls = hallsOf([hall(['standard', 'standard'])])
  expect(priced(startTickets([], words), halls, 'JPY')).toEqual([
    'standard adult 1100',
    'standard reduced 800',
  ])
  expect(priced(startTickets([], words), halls, 'KWD')).toEqual([
    'standard adult 11000',
    'standard reduced 8000',
  ])
})

test('companion seats of a hall without wheelchair spaces are sold like any other', () => {
  const { spaces, accessZones } = hallsOf([hall(['standard', 'standard'], ['standard', 'companion'])])
  expect([spaces, accessZones]).toEqual([0, []])
})

test('a zone where nothing sells by itself is found before a show is refused', () => {
  const tickets = withKeys([...startTickets([], words), ...accessTickets([], words)])
  const price = (zone: string, ticketType: string) => ({
    zone,
    ticketType,
    price: { amount: 0, currency: 'EUR' },
  })
  const prices = [price('stalls', 'adult'), price('balcony', 'companion')]
  expect(unsoldZones(['stalls', 'balcony', 'sofas'], tickets, prices)).toEqual(['balcony', 'sofas'])
})

test('guests choose among the tickets in the order they were written, and among no others', () => {
  const halls = hallsOf([hall(['standard', 'standard'])])
  const [adult, reduced] = startTickets([], words)
  const added = withKeys([adult, { ...anotherTicket(1), name: 'Child' }].flatMap((one) => one ?? []))
  const grid = {
    [cellOf('standard', '+1')]: 500,
    [cellOf('standard', reduced?.id ?? '')]: 800,
    [cellOf('standard', adult?.id ?? '')]: 1100,
  }
  expect(inWords(pricesOf(gridFor(added, halls, grid), 'EUR'))).toEqual([
    'standard adult 1100',
    'standard child 500',
  ])
})

test('what the house sells already is what one starts from, and keeps the keys it is known by', () => {
  const student: TicketType = {
    key: 'student',
    name: 'Student',
    proof: 'Card',
    channels: ['counter'],
    requires: [],
  }
  const companion = { ...student, key: 'companion', name: 'Helper', proof: null, requires: ['wheelchair'] }
  const known = [student, companion]
  expect(startTickets(known, words)).toMatchObject([{ key: 'student', channels: ['counter'], proof: 'Card' }])
  expect(accessTickets(known, words)).toMatchObject([
    { key: 'wheelchair', name: 'Wheelchair user' },
    { key: 'companion', name: 'Helper', proof: '' },
  ])
  const two = [1, 2].map((count) => ({ ...anotherTicket(count), name: 'Student' }))
  expect(withKeys([...startTickets(known, words), ...two]).map(({ key }) => key)).toEqual([
    'student',
    'student-2',
    'student-3',
  ])
})

test('what the owner took off the list is sold no more, and what was on no list stays', () => {
  const known = ['adult', 'wheelchair'].map((key) => ({
    key,
    name: key,
    proof: null,
    channels: [],
    requires: [],
  }))
  const flat = hallsOf([hall(['standard', 'standard'])])
  const open = hallsOf([hall(['standard', 'wheelchair'])])
  expect(retiredKeys(known, [], flat)).toEqual(['adult'])
  expect(retiredKeys(known, [], open)).toEqual(['adult', 'wheelchair'])
  expect(retiredKeys(known, startTickets(known, words), open)).toEqual(['wheelchair'])
})

test('there are no more kinds of ticket than one price card has prices for', () => {
  expect([1, 50, 60, 100, 400].map(mostTickets)).toEqual([10, 10, 8, 5, 2])
})

function hall(...seats: [zone: string, kind: Kind][]): Layout {
  return {
    id: 'hall',
    width: 10,
    height: 10,
    seats: seats.map(([zone, kind], at) => {
      const name = String(at + 1)
      return { id: `A${name}`, row: 'A', number: name, label: `A${name}`, x: at, y: 1, zone, kind }
    }),
  }
}

const priced = (tickets: Ticket[], halls: Halls, currency: string) =>
  inWords(pricesOf(gridFor(withKeys(tickets), halls, suggestedPrices(tickets, halls, currency)), currency))

const inWords = (prices: ReturnType<typeof pricesOf>) =>
  typeof prices === 'string'
    ? prices
    : prices.map(({ zone, ticketType, price }) => `${zone} ${ticketType} ${price.amount}`)
