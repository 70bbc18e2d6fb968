import type { Order } from '@marquee/contracts/booking'
import type { Money } from '@marquee/contracts/common'

const weekday = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const

/** The start as the clock at the theater shows it: `Tuesday, 1 December 2026, 19:30 (Europe/Berlin)`. */
export function showTime({ startsAt, timeZone }: Pick<Order['show'], 'startsAt' | 'timeZone'>): string {
  const local = Temporal.Instant.from(startsAt).toZonedDateTimeISO(timeZone)
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' })
  return `${local.toPlainDate().toLocaleString('en-GB', weekday)}, ${time} (${timeZone})`
}

/** `€12.50` for 1250 minor units of EUR. */
export function moneyText({ amount, currency }: Money): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

/** `wheelchair-companion` becomes `Wheelchair companion`. */
export function ticketTypeName(key: string): string {
  return `${key.charAt(0).toUpperCase()}${key.slice(1).replaceAll('-', ' ')}`
}

export function orderLink(origin: string, orderId: string, secret: string): string {
  return `${origin}/orders/${orderId}#${secret}`
}

/** One line, as a mail's subject has to be. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
