import { client, person } from '../../tests/harness/client.ts'

export type Hall = { showIds: string[]; seatIds: string[] }
type Wanted = { origin: string; shows: number; rows: number; seatsInRow: number }

const showsPerDay = ['08:00', '13:00', '18:00']
const screens = 10

/** A theater with equal screens and as many shows as wanted, made the way an owner makes them. */
export async function buildHall({ origin, shows, rows, seatsInRow }: Wanted): Promise<Hall> {
  const owner = await person(origin, 'owner@marquee.example')
  const made = async (path: string, body: unknown): Promise<Record<string, unknown>> => {
    const answer = await owner('POST', path, { body })
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${answer.text}`)
    return answer.body
  }
  const theater = await made('/api/theaters', {
    name: `Bench ${process.hrtime.bigint()}`,
    address: 'Long Street 1',
    city: 'Berlin',
    country: 'DE',
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    taxRatePermille: 70,
    bookingFee: 50,
  })
  const at = `/api/theaters/${theater.id}`
  await made(`${at}/ticket-types`, { key: 'adult', name: 'Adult' })
  const layout = Array.from({ length: rows }, (_, row) => `R${row + 1}: 1-${seatsInRow}`).join('\n')
  const movies = await client(origin)('GET', '/api/movies?limit=1')
  const movieId = (movies.body.items as { id: string }[])[0]?.id
  const screenIds: unknown[] = []
  let layoutId: unknown
  for (let screen = 0; screen < screens; screen++) {
    const one = await made(`${at}/screens`, { name: `Screen ${screen + 1}`, layout })
    screenIds.push(one.id)
    layoutId = one.layoutId
  }
  const prices = [{ zone: 'standard', ticketType: 'adult', price: { amount: 1250, currency: 'EUR' } }]
  const firstDay = Temporal.Now.plainDateISO('Europe/Berlin').add({ days: 2 })
  const showIds: string[] = []
  for (let show = 0; show < shows; show++) {
    const slot = Math.floor(show / screens)
    const day = firstDay.add({ days: Math.floor(slot / showsPerDay.length) })
    const one = await made(`${at}/shows`, {
      screenId: screenIds[show % screens],
      movieId,
      localStart: `${day}T${showsPerDay[slot % showsPerDay.length]}`,
      prices,
    })
    showIds.push(String(one.id))
  }
  const plan = await client(origin)('GET', `/api/layouts/${layoutId}`)
  const seatIds = (plan.body.seats as { id: string }[]).map(({ id }) => id)
  await untilOnSale(origin, showIds)
  return { showIds, seatIds }
}

/** Booking hears of shows by events; the last one made is the last it hears of. */
async function untilOnSale(origin: string, showIds: readonly string[]): Promise<void> {
  for (const showId of showIds)
    for (let tries = 0; ; tries++) {
      const { status } = await client(origin)('GET', `/api/shows/${showId}/seats`)
      if (status === 200) break
      if (tries > 300) throw new Error(`booking does not know show ${showId}`)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
}
