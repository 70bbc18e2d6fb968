import type { z } from 'zod'
import type { Letter, LinksPayload } from '../mail.ts'
import { frame, heading, paragraph, smallPrint } from './frame.ts'
import { html } from './html.ts'
import { orderLink } from './words.ts'

const unasked = 'If you did not ask for this, leave it: nobody else has received these links.'

/** The way back to every order of an address. */
export function orderLinksLetter({ orders }: z.infer<typeof LinksPayload>, origin: string): Letter {
  const rows = orders.map(({ orderId, number, movieTitle, localStart, secret }) => ({
    title: movieTitle,
    about: `${localTime(localStart)}, order ${number}`,
    link: orderLink(origin, orderId, secret),
  }))
  const lead =
    rows.length > 0 ? 'These are the orders made with this address.' : 'These links are no longer kept.'
  return {
    text: [lead, '', ...rows.flatMap(({ title, about, link }) => [title, about, link, '']), unasked, ''].join(
      '\n',
    ),
    html: frame({
      title: 'Your orders',
      origin,
      content: [
        heading('Your orders'),
        paragraph(lead),
        ...rows.map(
          ({ title, about, link }) =>
            html`<p style="margin:0 0 20px"><a href="${link}" style="font-size:20px;color:#1B1815">${title}</a><br>${about}</p>`,
        ),
        smallPrint(unasked),
      ],
    }),
    attachments: [],
  }
}

function localTime(text: string): string {
  return text.slice(0, 16).replace('T', ', ')
}
