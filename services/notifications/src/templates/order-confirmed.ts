import QRCode from 'qrcode'
import type { OrderFacts } from '../find-facts.ts'
import type { Attachment, Letter } from '../mail.ts'
import { calendar } from './calendar.ts'
import { button, frame, heading, ink, paragraph, smallPrint } from './frame.ts'
import { type Html, html } from './html.ts'
import { moneyText, orderLink, showTime, ticketTypeName } from './words.ts'

type Wrapping = { origin: string; now: Temporal.Instant }
type Admission = { code: string; seat: string; row: string; number: string; type: string; qr: Attachment }

/** The tickets themselves: a code for the door, the seat in large, and the show for the calendar. */
export async function orderConfirmedLetter(order: OrderFacts, { origin, now }: Wrapping): Promise<Letter> {
  const { show } = order
  const link = orderLink(origin, order.id, order.linkSecret)
  const admissions = await Promise.all(
    order.tickets.filter(({ status }) => status !== 'refunded').map(admission),
  )
  const where = `${show.theaterName}, ${show.theaterAddress}`
  const bought = `Order ${order.number}, ${moneyText(order.total)}`

  async function admission({ id, seatId, code }: OrderFacts['tickets'][number]): Promise<Admission> {
    const seat = order.seats.find((one) => one.seatId === seatId)
    const content = await QRCode.toBuffer(code, { errorCorrectionLevel: 'M', margin: 4, scale: 6 })
    const qr = {
      filename: `ticket-${fileName(seatId)}.png`,
      contentType: 'image/png',
      content,
      cid: `${id}@marquee`,
    }
    const { row = '', number = seatId, ticketType = '' } = seat ?? {}
    return { code, seat: `${row}${number}`, row, number, type: ticketTypeName(ticketType), qr }
  }

  const text = [
    show.movieTitle,
    showTime(show),
    `${show.screenName}, ${where}`,
    '',
    ...admissions.flatMap(({ seat, row, number, type, code }) => [
      `Seat ${seat}   Row ${row}, seat ${number}, ${type}`,
      `Ticket code: ${code}`,
      '',
    ]),
    ...(admissions.length > 0 ? [] : ['All tickets of this order have been given back.', '']),
    `Your order: ${link}`,
    bought,
    'Show the code of each ticket at the door. Keep the link to yourself: whoever has it has the tickets.',
    '',
  ].join('\n')

  return {
    text,
    html: frame({
      title: `Your tickets for ${show.movieTitle}`,
      origin,
      content: [
        heading(show.movieTitle),
        paragraph(showTime(show)),
        paragraph(`${show.screenName}, ${where}`),
        ...(admissions.length > 0
          ? admissions.map(stub)
          : [paragraph('All tickets of this order have been given back.')]),
        button('See your order', link),
        smallPrint(bought),
        smallPrint(
          'Show the code of each ticket at the door. Keep the link to yourself: whoever has it has the tickets.',
        ),
      ],
    }),
    attachments: [
      ...admissions.map(({ qr }) => qr),
      {
        filename: 'calendar.ics',
        contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
        content: Buffer.from(calendar(order, { link, now })),
      },
    ],
  }
}

function stub({ seat, row, number, type, qr }: Admission): Html {
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 20px;border:1px solid ${ink}"><tr>
<td style="padding:16px 20px;vertical-align:middle"><div style="font-size:72px;line-height:1">${seat}</div><div style="padding-top:8px">Row ${row}, seat ${number}</div><div>${type}</div></td>
<td width="180" style="padding:12px;text-align:right;vertical-align:middle"><img src="cid:${qr.cid ?? ''}" width="180" height="180" alt="Code of the ticket for seat ${seat}" style="display:block;background:#FFFFFF"></td>
</tr></table>
`
}

function fileName(seatId: string): string {
  return seatId.replaceAll(/[^A-Za-z0-9-]/g, '_')
}
