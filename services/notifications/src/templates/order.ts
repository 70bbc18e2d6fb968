import type { Order } from '@marquee/contracts/booking'
import { shortCodeOf, spelled } from '@marquee/contracts/short-code'
import QRCode from 'qrcode'
import { isolated } from './isolated.ts'
import type { Attachment, Mail } from './mail.ts'
import { button, escaped, paper, paragraph, shown } from './paper.ts'
import { startInWords } from './when.ts'

export type MailedOrder = Order & { userId: string | null; linkSecret: string }
type Seat = Order['seats'][number]

export const when = (order: Order): string =>
  `${startInWords(order.show.localStart)} (${order.show.timeZone})`
export const where = (order: Order): string =>
  [order.show.theaterName, order.show.screenName, order.show.theaterAddress].map(isolated).join(', ')
const seatName = (seat: Seat | undefined): string =>
  seat ? `Row ${isolated(seat.row)}, seat ${isolated(seat.number)}` : 'Seat'
const typeOf = (seat: Seat | undefined): string => isolated(seat?.ticketTypeName ?? seat?.ticketType ?? '')
export const filmOf = (order: Order): string => isolated(order.show.movieTitle)

/** Minor units as people write them: 12.50 EUR. Currencies without a minor unit keep none. */
export function money({ amount, currency }: { amount: number; currency: string }): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return `${(amount / 10 ** digits).toFixed(digits)} ${currency}`
}

export const linkTo = (order: MailedOrder, origin: string): string =>
  `${origin}/orders/${order.id}#${order.linkSecret}`

/** The tickets: each with its code, good at the door as it is. */
export function orderConfirmedMail(
  order: MailedOrder,
  calendar: () => Promise<string>,
  origin: string,
): Mail {
  const subject = `Your tickets: ${filmOf(order)}`
  const link = linkTo(order, origin)
  const tickets = order.tickets
    .filter((ticket) => ticket.status !== 'refunded')
    .map((ticket, index) => ({
      seat: order.seats.find((seat) => seat.seatId === ticket.seatId),
      seatId: ticket.seatId,
      code: ticket.code,
      short: shortCodeOf(ticket.id),
      cid: `ticket-${index}@marquee`,
    }))
  const rows = tickets.map(
    ({
      seat,
      short,
      cid,
    }) => `<div style="border-top:1px dashed #1B1815;padding:1rem 0"><p style="margin:0;font-size:2rem;font-weight:800">${shown(seat ? isolated(`${seat.row}${seat.number}`) : '')}</p>
<p style="margin:0 0 .5rem">${shown(`${seatName(seat)}, ${typeOf(seat)}`)}</p><img src="cid:${cid}" alt="Ticket code for ${escaped(seatName(seat))}" width="200" height="200" style="background:#fff">
<p role="img" aria-label="Code to read out: ${spelled(short)}" style="margin:.25rem 0 0;font:600 1.5rem ui-monospace,Menlo,Consolas,monospace">${short}</p></div>`,
  )
  const bill = order.lines.map((line) => `${isolated(line.label)}: ${money(line.gross)}`)
  return {
    to: order.email ?? '',
    subject,
    userId: order.userId,
    text: [
      filmOf(order),
      when(order),
      where(order),
      '',
      ...tickets.flatMap(({ seat, short, code }) => [
        `${seatName(seat)}, ${typeOf(seat)}`,
        `Code to read out at the door: ${short}`,
        code,
        '',
      ]),
      ...bill,
      `Total: ${money(order.total)}`,
      '',
      `Order ${order.number}: ${link}`,
      '',
    ].join('\n'),
    html: paper({
      title: filmOf(order),
      body: `${paragraph(when(order))}${paragraph(where(order))}${rows.join('')}${button('Open the order', link)}${bill.map((line) => `<p style="margin:0">${shown(line)}</p>`).join('')}<p style="margin:.3rem 0 0;font-weight:700">Total: ${escaped(money(order.total))}</p>`,
      footer: `Order ${order.number}. Show a code at the door, on paper or on a screen. Where it cannot be scanned, read out what is below it.`,
    }),
    attach: async () => [...(await Promise.all(tickets.map(drawTicket))), await calendarEntry(calendar)],
    notice: {
      title: `Tickets for ${filmOf(order)}`,
      body: `${startInWords(order.show.localStart)}, ${isolated(order.show.theaterName)}`,
      link: `/orders/${order.id}`,
    },
  }
}

/** The show for a calendar: one that has an entry by an earlier mail changes it. */
export const calendarEntry = async (calendar: () => Promise<string>): Promise<Attachment> => ({
  filename: 'show.ics',
  contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
  content: Buffer.from(await calendar()),
})

async function drawTicket(ticket: { seatId: string; code: string; cid: string }): Promise<Attachment> {
  return {
    filename: `ticket-${ticket.seatId}.png`,
    contentType: 'image/png',
    content: await QRCode.toBuffer(ticket.code, { margin: 2, scale: 6 }),
    cid: ticket.cid,
  }
}

const reasons = {
  requested: 'You gave these tickets back.',
  'show-cancelled': 'The show was cancelled, and we are sorry about that.',
  'seats-gone': 'Your payment arrived after the seats had been given to others.',
} as const
export type RefundReason = keyof typeof reasons

type Told = { subject: string; title: string; notice: string }

/** In a mailbox people look for what happened: a show that the cinema called off is found as cancelled. */
function headingsOf(order: Order, reason: RefundReason, moneyComesBack: boolean): Told {
  if (reason !== 'show-cancelled')
    return {
      subject: `Refund: ${filmOf(order)}`,
      title: `Refund: ${filmOf(order)}`,
      notice: `Refund for ${filmOf(order)}`,
    }
  const title = `Cancelled: ${filmOf(order)}`
  const what = `${title}, ${startInWords(order.show.localStart)}`
  return { subject: moneyComesBack ? `${what} - your money comes back` : what, title, notice: title }
}

/** What comes back, and why; no tickets: the whole of a payment that bought none. */
export function orderRefundedMail(
  order: MailedOrder,
  tickets: readonly string[],
  reason: RefundReason,
  origin: string,
): Mail {
  const link = linkTo(order, origin)
  const refunds = order.refunds.filter((refund) => tickets.includes(refund.ticketId))
  const returned = tickets.length === 0 ? (order.returned ?? []) : []
  const lines = [
    ...refunds.map((refund) => {
      const ticket = order.tickets.find((one) => one.id === refund.ticketId)
      return `${seatName(order.seats.find((seat) => seat.seatId === ticket?.seatId))}: ${money(refund.amount)}`
    }),
    ...returned.map(({ amount }) => `You were charged ${money(amount)}, and all of it comes back.`),
  ]
  const moneyComesBack = [...refunds, ...returned].some(({ amount: { amount } }) => amount > 0)
  const outro = moneyComesBack ? ['The money goes back the way it came; banks take a few days.'] : []
  const { subject, title, notice } = headingsOf(order, reason, moneyComesBack)
  return {
    to: order.email ?? '',
    subject,
    userId: order.userId,
    text: [
      `${filmOf(order)}, ${when(order)}`,
      '',
      reasons[reason],
      ...lines,
      '',
      ...outro,
      '',
      link,
      '',
    ].join('\n'),
    html: paper({
      title,
      body:
        [`${filmOf(order)}, ${when(order)}`, reasons[reason], ...lines, ...outro].map(paragraph).join('') +
        button('Open the order', link),
      footer: `Order ${order.number}.`,
    }),
    attach: async () => [],
    notice: {
      title: notice,
      body: `${reasons[reason]} ${lines.join('; ')}`.trim(),
      link: `/orders/${order.id}`,
    },
  }
}
