/** A sum of money as an order freezes it, in minor units. */
export type Line = {
  kind: 'seat' | 'fee' | 'discount' | 'product'
  label: string
  net: number
  tax: number
  taxRatePermille: number
  gross: number
}
export type PricedSeat = { seatId: string; row: string; number: string; ticketName: string; price: number }

/**
 * Splits a price that contains its tax: tax = gross × rate / (1 + rate), half a cent rounded away from
 * zero; net is the rest, so that both always add up to what was paid. Rounded line by line, because a
 * refund and a tax return name single lines.
 */
export function splitTax(gross: number, taxRatePermille: number): { net: number; tax: number } {
  const whole = BigInt(1000 + taxRatePermille)
  const doubled = 2n * BigInt(Math.abs(gross)) * BigInt(taxRatePermille)
  const tax = Number((doubled + whole) / (2n * whole)) * Math.sign(gross)
  return { net: gross - tax, tax }
}

function line(kind: Line['kind'], label: string, gross: number, taxRatePermille: number): Line {
  return { kind, label, gross, taxRatePermille, ...splitTax(gross, taxRatePermille) }
}

/** The lines of an order: one a seat, then the booking fee of all seats together if there is one. */
export function orderLines(
  seats: readonly PricedSeat[],
  { taxRatePermille, bookingFee }: { taxRatePermille: number; bookingFee: number },
): Line[] {
  const lines = seats.map((seat) =>
    line('seat', `${seat.row}${seat.number} · ${seat.ticketName}`, seat.price, taxRatePermille),
  )
  if (bookingFee > 0) lines.push(line('fee', 'Booking fee', bookingFee * seats.length, taxRatePermille))
  return lines
}

export function totalOf(lines: readonly Line[]): number {
  return lines.reduce((sum, one) => sum + one.gross, 0)
}
