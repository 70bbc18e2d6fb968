import { problem } from '@marquee/kit/contract'
import { z } from 'zod'
import { OrderId, SeatId, TicketId, TicketTypeKey } from '../common.ts'

export const SeatWish = z.object({ seatId: SeatId, ticketType: TicketTypeKey })
export const seatsWish = z
  .array(SeatWish)
  .min(1, 'choose at least one seat')
  .max(10, 'at most 10 seats an order')
export const seatsTaken = problem('seats-taken', { seats: z.array(SeatId) })
export const orphanSeat = problem('orphan-seat', {
  seats: z.array(SeatId),
  suggestions: z.array(z.array(SeatId)),
})
export const byOrder = z.object({ orderId: OrderId })
export const byTicket = z.object({ ticketId: TicketId })
