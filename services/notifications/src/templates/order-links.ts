import { isolated } from './isolated.ts'
import type { Mail } from './mail.ts'
import type { MailedOrder } from './order.ts'
import { escaped, paper, paragraph, shown } from './paper.ts'
import { startInWords } from './when.ts'

/** The links to somebody's orders, because they asked for them. */
export function orderLinksMail(email: string, orders: readonly MailedOrder[], origin: string): Mail {
  const subject = 'Your tickets at Marquee'
  const links = orders.map((order) => ({
    label: `${isolated(order.show.movieTitle)}, ${startInWords(order.show.localStart)} (${order.number})`,
    url: `${origin}/orders/${order.id}#${order.linkSecret}`,
  }))
  const intro =
    links.length > 0 ? 'Here are the orders for this address:' : 'There are no orders for this address.'
  const list = links.map(
    ({ label, url }) =>
      `<li style="margin:0 0 .5rem"><a style="color:#B8321F" href="${escaped(url)}">${shown(label)}</a></li>`,
  )
  return {
    to: email,
    subject,
    userId: null,
    text: [intro, '', ...links.map(({ label, url }) => `${label}\n${url}\n`)].join('\n'),
    html: paper({
      title: subject,
      body: `${paragraph(intro)}<ul style="padding-left:1.2rem">${list.join('')}</ul>`,
      footer: 'Somebody asked for these links with your address. If it was not you, there is nothing to do.',
    }),
    attach: async () => [],
  }
}
