import type { OrderStatus } from '@marquee/contracts/booking'

/** A seat as the order froze it. */
export type SoldSeat = {
  seatId: string
  row: string
  number: string
  zone: string
  ticketType: string
  ticketName: string
  proof: string | null
  price: number
}

/** The order row without what hangs on it. Times in milliseconds by PostgreSQL's clock, money in minor units. */
export type OrderRecord = {
  id: string
  showId: string
  status: OrderStatus
  version: number
  channel: 'online' | 'counter'
  userId: string | null
  email: string | null
  seats: SoldSeat[]
  total: number
  currency: string
  taxRatePermille: number
  bookingFee: number
  together: boolean | null
  extended: boolean
  holdExpiresAt: number
  holdSecondsLeft: number
  createdAt: number
  attemptId: string | null
}

type SeatTuple = [string, string, string, string, string, string, string | null, number]

/** Seats travel as arrays: half the bytes of objects, in the hottest row there is. */
export function packSeats(seats: readonly SoldSeat[]): string {
  return JSON.stringify(
    seats.map(
      (seat): SeatTuple => [
        seat.seatId,
        seat.row,
        seat.number,
        seat.zone,
        seat.ticketType,
        seat.ticketName,
        seat.proof,
        seat.price,
      ],
    ),
  )
}

function unpackSeats(packed: readonly SeatTuple[]): SoldSeat[] {
  return packed.map(([seatId, row, number, zone, ticketType, ticketName, proof, price]) => ({
    seatId,
    row,
    number,
    zone,
    ticketType,
    ticketName,
    proof,
    price,
  }))
}

export type OrderRow = Omit<OrderRecord, 'seats'> & { seats: SeatTuple[] }

export function recordOf(row: OrderRow): OrderRecord {
  return { ...row, seats: unpackSeats(row.seats) }
}

/** The columns of an order row under the names of `OrderRecord`. */
export const orderColumns = `o.id, o.show_id as "showId", o.status, o.version, o.channel, o.user_id as "userId",
  o.email, o.seats, o.total, o.currency, o.tax_rate_permille as "taxRatePermille", o.booking_fee as "bookingFee",
  o.together, o.extended, (extract(epoch from o.hold_expires_at) * 1000)::float8 as "holdExpiresAt",
  greatest(0, ceil(extract(epoch from o.hold_expires_at - clock())))::int as "holdSecondsLeft",
  (extract(epoch from o.created_at) * 1000)::float8 as "createdAt", o.attempt_id as "attemptId"`

/** What people read out to each other: ten characters of the id's random end. */
export function orderNumber(id: string): string {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  let rest = BigInt(`0x${id.replaceAll('-', '').slice(-13)}`)
  let number = ''
  for (let at = 0; at < 10; at++) {
    number = `${letters.charAt(Number(rest % 32n))}${number}`
    rest /= 32n
  }
  return `${number.slice(0, 5)}-${number.slice(5)}`
}
