import type { seedTheaters } from '@marquee/contracts/theaters'
import type { InputOf } from '@marquee/kit/contract'

type Seed = InputOf<typeof seedTheaters>['theaters'][number]
type Zones = Record<string, number>
type House = {
  theater: Pick<
    Seed['theater'],
    'name' | 'address' | 'city' | 'country' | 'timeZone' | 'location' | 'currency'
  > & {
    taxRatePermille: number
    bookingFee: number
  }
  /** What the audience speaks, for subtitles. */
  speaks: string
  screens: { name: string; layout: string }[]
  /** An adult's evening price by zone, in minor units. */
  adult: Zones
}

const balcony = `
[stalls]
A: 1-12
B: 1-14
C: 1-14
D: 1-7 __ 8-14
E: 1-7 __ 8-14
F: 1-7 __ 8-14
G: w1 c2 _ 3-12 _ c13 w14

[balcony]
H: r1 2-7 _ 8-13 r14
J: 1-7 _ 8-14
K: 1-6 _ 7-12
`
const parlour = `
[stalls]
A: 1-3 _ 4-6
B: 1-4 _ 5-8
C: 1-4 _ 5-8
D: 1-4 _ 5-8
E: w1 c2 _ 3-8
`
const palace = `
[front]
A: 1-4 _ 5-14 _ 15-18
B: 1-5 _ 6-15 _ 16-20
C: 1-5 _ 6-17 _ 18-22

[stalls]
D: 1-6 _ 7-18 _ 19-24
E: 1-6 _ 7-18 _ 19-24
F: 1-6 _ 7-18 _ 19-24
G: 1-7 _ 8-19 _ 20-26
H: 1-7 _ 8-19 _ 20-26
J: 1-7 _ 8-19 _ 20-26
K: w1 c2 w3 c4 _ 5-16 _ c17 w18 c19 w20
`
const lounge = `
[seats]
A: 1-3 _ 4-8 _ 9-11
B: 1-3 _ 4-8 _ 9-11

[sofas]
C: s1-2 _ s3-8 _ s9-10
D: s1-2 _ s3-8 _ s9-10
E: s1-2 _ s3-8 _ s9-10
F: w1 c2 _ s3-8 _ c9 w10
`
const open = `
[stalls]
A: 1-5 _ 6-14 _ 15-19
B: 1-5 _ 6-14 _ 15-19
C: w1 c2 w3 c4 _ 5-13 _ c14 w15 c16 w17

D: 1-5 _ 6-15 _ 16-20
E: 1-5 _ 6-15 _ 16-20
F: 1-6 _ 7-16 _ 17-22
G: 1-6 _ 7-16 _ 17-22
H: 1-6 _ 7-16 _ 17-22
`
const club = `
[stalls]
A: 1-12
B: 1-12
C: 1-6 _ 7-12
D: 1-6 _ 7-12
E: 1-6 _ 7-12
F: 1-6 _ 7-12
G: 1-6 _ 7-12
H: w1 c2 3-6 _ 7-10 c11 w12
`

/** The demo's cinemas. Cities are real, streets are not. */
export const houses: readonly House[] = [
  {
    theater: {
      name: 'Cinema Miradouro',
      address: 'Rua do Farol Velho 12',
      city: 'Lisbon',
      country: 'Portugal',
      timeZone: 'Europe/Lisbon',
      location: { lat: 38.7139, lon: -9.1394 },
      currency: 'EUR',
      taxRatePermille: 130,
      bookingFee: 0,
    },
    speaks: 'pt',
    screens: [
      { name: 'Sala 1', layout: balcony },
      { name: 'Sala 2', layout: parlour },
    ],
    adult: { stalls: 850, balcony: 950 },
  },
  {
    theater: {
      name: 'Lichthof',
      address: 'Uferzeile 8',
      city: 'Berlin',
      country: 'Germany',
      timeZone: 'Europe/Berlin',
      location: { lat: 52.4996, lon: 13.403 },
      currency: 'EUR',
      taxRatePermille: 70,
      bookingFee: 50,
    },
    speaks: 'de',
    screens: [
      { name: 'Saal 1', layout: palace },
      { name: 'Lounge', layout: lounge },
    ],
    adult: { front: 1050, stalls: 1250, seats: 1200, sofas: 1500 },
  },
  {
    theater: {
      name: 'The Calumet',
      address: '2210 West Alderpoint Street',
      city: 'Chicago',
      country: 'United States',
      timeZone: 'America/Chicago',
      location: { lat: 41.9106, lon: -87.677 },
      currency: 'USD',
      taxRatePermille: 90,
      bookingFee: 150,
    },
    speaks: 'en',
    screens: [
      { name: 'Screen 1', layout: open },
      { name: 'Screen 2', layout: club },
    ],
    adult: { stalls: 1450 },
  },
]

const both = ['online', 'counter'] as const
const ticketTypes: Seed['ticketTypes'] = [
  { key: 'adult', name: 'Adult', proof: null, channels: [...both], requires: [] },
  {
    key: 'reduced',
    name: 'Reduced',
    proof: 'Student, senior or unemployed card',
    channels: [...both],
    requires: [],
  },
  { key: 'child', name: 'Child up to 12', proof: null, channels: [...both], requires: [] },
  { key: 'wheelchair', name: 'Wheelchair user', proof: null, channels: [...both], requires: [] },
  { key: 'companion', name: 'Companion', proof: null, channels: [...both], requires: ['wheelchair'] },
]
/** Parts of the adult price, in hundredths. */
const parts = { adult: 100, reduced: 75, child: 60, wheelchair: 75, companion: 0 }

/** The theaters as the theaters service takes them, run by some people. */
export function cinemaSeeds(people: Seed['people']): Seed[] {
  return houses.map(({ theater, screens, adult }) => ({
    theater: { ...theater, dayStartsAt: '05:00', refundCutoffMinutes: 60 },
    people,
    screens: screens.map((screen) => ({ ...screen, cleaningMinutes: 15, trailerMinutes: 15 })),
    ticketTypes,
    priceCards: [
      card('Weekday', { days: [1, 2, 3, 4] }, 100),
      card('Weekend', { days: [5, 6, 7] }, 115),
      card('Weekday matinee', { days: [1, 2, 3, 4, 5], from: '05:00', until: '17:00' }, 75),
    ].map(({ level, ...rest }) => ({ ...rest, prices: prices(adult, theater.currency, level) })),
  }))
}

function card(name: string, when: { days: number[]; from?: string; until?: string }, level: number) {
  return { name, days: when.days, from: when.from ?? null, until: when.until ?? null, level }
}

function prices(adult: Zones, currency: string, level: number) {
  return Object.entries(adult).flatMap(([zone, amount]) =>
    Object.entries(parts).map(([ticketType, part]) => ({
      zone,
      ticketType,
      // Tills and readers like prices in steps of fifty.
      price: { amount: Math.round((amount * level * part) / 10_000 / 50) * 50, currency },
    })),
  )
}
