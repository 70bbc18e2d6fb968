import { randomUUIDv7 } from 'node:crypto'
import type { Layout, ShowFacts } from '@marquee/contracts/theaters'

/** A room from a drawing: a row a line, `.` standard, `w` wheelchair, `c` companion, blank an aisle. */
export function layoutOf(rows: readonly string[]): Layout {
  const kinds: Record<string, Layout['seats'][number]['kind']> = {
    w: 'wheelchair',
    c: 'companion',
    s: 'sofa',
  }
  const seats = rows.flatMap((line, y) =>
    [...line].flatMap((sign, x) => {
      if (sign === ' ') return []
      const row = String.fromCharCode(65 + y)
      const id = `${row}${x + 1}`
      const aisle = line[x + 1] === ' ' ? ('right' as const) : undefined
      const kind = kinds[sign] ?? 'standard'
      return [
        { id, row, number: `${x + 1}`, label: id, x, y, zone: 'main', kind, ...(aisle ? { aisle } : {}) },
      ]
    }),
  )
  const width = Math.max(...rows.map((line) => line.length))
  return {
    id: `layout-${Buffer.from(rows.join('')).toString('hex').slice(0, 40).padEnd(24, '0')}-${rows.length}`,
    width,
    height: rows.length,
    seats,
  }
}

/** A show that is on sale, starts in two days and costs 12.50 plus a 0.50 fee. */
export function factsOf(layout: Layout, more: Partial<ShowFacts> = {}): ShowFacts {
  const now = Temporal.Now.instant()
  const at = (hours: number) => now.add({ hours }).toString({ smallestUnit: 'second' })
  const price = (ticketType: string, name: string, amount: number, requires: string[] = []) => ({
    zone: 'main',
    ticketType,
    name,
    price: { amount, currency: 'EUR' },
    proof: null,
    channels: ['online' as const, 'counter' as const],
    requires,
  })
  return {
    showId: randomUUIDv7(),
    version: 1,
    theaterId: randomUUIDv7(),
    theaterName: 'Lantern',
    theaterAddress: '1 Quay Street',
    screenId: randomUUIDv7(),
    screenName: 'Screen 1',
    movieId: randomUUIDv7(),
    movieTitle: 'The Harbour',
    runtimeMinutes: 104,
    distributor: 'North Reel',
    startsAt: at(48),
    endsAt: at(50),
    timeZone: 'Europe/Berlin',
    localStart: now
      .add({ hours: 48 })
      .toZonedDateTimeISO('Europe/Berlin')
      .toPlainDateTime()
      .toString({ smallestUnit: 'minute' }),
    day: now.add({ hours: 48 }).toZonedDateTimeISO('Europe/Berlin').toPlainDate().toString(),
    layoutId: layout.id,
    prices: [
      price('adult', 'Adult', 1250),
      price('child', 'Child', 800),
      price('free', 'Helper', 0, ['adult']),
    ],
    taxRatePermille: 70,
    bookingFee: { amount: 50, currency: 'EUR' },
    currency: 'EUR',
    salesFrom: at(-24),
    onlineUntil: at(48),
    counterUntil: at(49),
    refundCutoffMinutes: 60,
    ...more,
  }
}
