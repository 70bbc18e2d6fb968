import type { WhenAndWhere } from '@marquee/contracts/booking'
import { isolated } from './isolated.ts'
import type { Mail } from './mail.ts'
import { calendarEntry, filmOf, linkTo, type MailedOrder, when, where } from './order.ts'
import { button, paper, paragraph } from './paper.ts'
import { momentInWords, startInWords } from './when.ts'

type Around = {
  calendar: () => Promise<string>
  origin: string
  now: Temporal.Instant
  /** Its reader may have been told of another place meanwhile. */
  mayKnow: boolean
}

/** When and where the show is now, when and where it was, and that the tickets stay good. */
export function showMovedMail(order: MailedOrder, before: WhenAndWhere, around: Around): Mail {
  const { calendar, origin, now } = around
  const link = linkTo(order, origin)
  const title = `Moved: ${filmOf(order)}`
  const changes = changesOf(order, before)
  const news = ['The cinema moved this show.', ...changes]
  const rest = [
    'Your tickets stay good, for the same seats.',
    ...wayBack(order, now),
    'The calendar file with this mail moves the entry that you may have.',
  ]
  const needless = whyNot(order, before, around)
  return {
    to: order.email ?? '',
    subject: [title, ...newsOf(order, before)].join(', '),
    userId: order.userId,
    text: [
      filmOf(order),
      when(order),
      where(order),
      '',
      ...news,
      '',
      ...rest,
      '',
      `Order ${order.number}: ${link}`,
      '',
    ].join('\n'),
    html: paper({
      title,
      body:
        [when(order), where(order), ...news, ...rest].map(paragraph).join('') +
        button('Open the order', link),
      footer: `Order ${order.number}.`,
    }),
    attach: async () => [await calendarEntry(calendar)],
    ...(needless === undefined
      ? { notice: { title, body: changes.join(' '), link: `/orders/${order.id}` } }
      : { needless }),
  }
}

const isAtAnotherTime = ({ show }: MailedOrder, before: WhenAndWhere): boolean =>
  Temporal.Instant.compare(show.startsAt, before.startsAt) !== 0
const isElsewhere = ({ show }: MailedOrder, before: WhenAndWhere): boolean =>
  show.screenId !== before.screenId

const isBack = (order: MailedOrder, before: WhenAndWhere): boolean =>
  !isAtAnotherTime(order, before) && !isElsewhere(order, before)

function newsOf(order: MailedOrder, before: WhenAndWhere): string[] {
  const { localStart, screenName } = order.show
  return [
    ...(isAtAnotherTime(order, before) ? [startInWords(localStart)] : []),
    ...(isElsewhere(order, before) ? [isolated(screenName)] : []),
  ]
}

function changesOf(order: MailedOrder, before: WhenAndWhere): string[] {
  const { localStart, screenName } = order.show
  if (isBack(order, before))
    return [
      `It begins on ${startInWords(localStart)} in ${isolated(screenName)}, as your tickets said at first.`,
    ]
  return [
    ...(isAtAnotherTime(order, before)
      ? [
          `It begins on ${startInWords(localStart)}.`,
          `It was to begin on ${startInWords(before.localStart)}.`,
        ]
      : []),
    ...(isElsewhere(order, before)
      ? [`It is shown in ${isolated(screenName)}, no longer in ${isolated(before.screenName)}.`]
      : []),
  ]
}

/** Until when tickets go back, while they do. */
function wayBack({ show, tickets, refundableUntil }: MailedOrder, now: Temporal.Instant): string[] {
  const isOpen = refundableUntil !== null && Temporal.Instant.compare(refundableUntil, now) > 0
  if (!isOpen || tickets.every(({ status }) => status !== 'valid')) return []
  const until = momentInWords(refundableUntil, show.timeZone)
  return [`If that does not suit you, you can give them back until ${until} (${show.timeZone}).`]
}

function whyNot(order: MailedOrder, before: WhenAndWhere, { now, mayKnow }: Around): string | undefined {
  const { show, tickets } = order
  if (show.cancelled) return 'the show is cancelled'
  if (tickets.every(({ status }) => status === 'refunded')) return 'no ticket is left'
  if (Temporal.Instant.compare(show.startsAt, now) <= 0) return 'the show has begun'
  if (!mayKnow && isBack(order, before)) return 'the show is back where it was'
  return undefined
}
