import type { z } from 'zod'
import type { OrderFacts } from '../find-facts.ts'
import type { Letter, RefundPayload } from '../mail.ts'
import { button, frame, heading, paragraph } from './frame.ts'
import { moneyText, orderLink, showTime } from './words.ts'

const reasons = {
  requested: 'You gave these tickets back.',
  'show-cancelled': 'The theater has cancelled this show.',
  'seats-gone': 'Your payment reached us after the seats had gone to somebody else. We are sorry.',
} as const

type Refund = z.infer<typeof RefundPayload>

/** What comes back, why, and how much. */
export function orderRefundedLetter(order: OrderFacts, refund: Refund, origin: string): Letter {
  const { show } = order
  const link = orderLink(origin, order.id, order.linkSecret)
  const given = order.tickets.filter(({ id }) => refund.tickets.includes(id))
  const seats = given.flatMap(({ seatId }) => {
    const seat = order.seats.find((one) => one.seatId === seatId)
    return seat ? [`${seat.row}${seat.number}`] : []
  })
  const back = order.refunds.filter(({ ticketId }) => refund.tickets.includes(ticketId))
  const amount = back.reduce((sum, one) => sum + one.amount.amount, 0)
  const lines = [
    reasons[refund.reason],
    `${show.movieTitle}, ${showTime(show)}, ${show.theaterName}`,
    ...(seats.length > 0 ? [`Seats given back: ${seats.join(', ')}`] : []),
    back.length > 0
      ? `${moneyText({ amount, currency: order.total.currency })} goes back to the card you paid with.`
      : 'What you paid goes back to the card you paid with.',
    'Banks take up to ten days to show it.',
    `Order ${order.number}`,
  ]
  return {
    text: [...lines, '', `Your order: ${link}`, ''].join('\n'),
    html: frame({
      title: 'Your refund',
      origin,
      content: [heading('Your refund'), ...lines.map(paragraph), button('See your order', link)],
    }),
    attachments: [],
  }
}
