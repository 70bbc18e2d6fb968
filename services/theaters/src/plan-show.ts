import type { CopySkip } from '@marquee/contracts/theaters'
import type { z } from 'zod'
import type { House } from './house.ts'
import { cinemaDay, resolveLocalStart } from './local-time.ts'
import type { MovieCopy } from './movie-store.ts'
import { type CardPrice, cardForTime, pricesOfShow, wrongPrices } from './prices.ts'
import type { ShowRecord } from './show-store.ts'

export type ShowWish = {
  id: string
  screenId: string
  localStart: string
  format: string | null
  language: string | null
  subtitles: string | null
  access: string[]
  priceCardId?: string | undefined
  prices?: CardPrice[] | undefined
}
type FieldError = { path: string; message: string }
/** The rule a wish broke, for those who word it themselves. */
export type BrokenRule = Exclude<z.infer<typeof CopySkip>, 'film-gone' | 'screen-busy' | 'ambiguous-time'>
export type Refusal =
  | { ok: false; code: 'ambiguous-time'; choices: string[] }
  | { ok: false; code: 'invalid'; errors: FieldError[]; broken?: BrokenRule; zones?: string[] }
export type Plan = { ok: true; show: ShowRecord } | Refusal

/** What a film without a known runtime is given, in minutes. */
const usualRuntime = 120
const furthestAhead = { hours: 2 * 366 * 24 }

/** Judges a wish for a show by the house's rules: time, screen, prices. Whether the screen is free, the database says. */
export function planShow(house: House, movie: MovieCopy, wish: ShowWish): Plan {
  const { theater } = house
  const screen = house.screens.find((one) => one.id === wish.screenId)
  if (!screen) return broke('screen-gone', 'screenId', 'there is no such screen here')
  const start = resolveLocalStart(wish.localStart, theater.time_zone)
  if (!start.ok && start.code === 'ambiguous-time') return start
  if (!start.ok) return broke('no-such-time', 'localStart', start.reason)
  if (Temporal.Instant.compare(start.startsAt, house.now) <= 0)
    return broke('past', 'localStart', 'that time has passed')
  if (Temporal.Instant.compare(start.startsAt, house.now.add(furthestAhead)) > 0)
    return broke('too-far', 'localStart', 'that is more than two years ahead')

  const day = cinemaDay(start.localStart, theater.day_starts_at)
  const chosen = choosePrices(house, wish, { localStart: start.localStart, day })
  if (!chosen.ok) return chosen
  const priced = pricesOfShow(chosen.prices, { types: house.types, zones: screen.zones })
  if (!priced.ok)
    return {
      ...broke(
        'zone-unpriced',
        chosen.field,
        `no ticket has a price in zone ${priced.unpriced.join(', ')} of ${screen.name}`,
      ),
      zones: priced.unpriced,
    }
  return {
    ok: true,
    show: {
      id: wish.id,
      version: 1,
      status: 'scheduled',
      theater_id: theater.id,
      screen_id: screen.id,
      movie_id: movie.id,
      layout_id: screen.layout_id,
      starts_at: start.startsAt,
      local_start: start.localStart,
      day,
      trailer_minutes: screen.trailer_minutes,
      runtime_minutes: movie.runtime_minutes ?? usualRuntime,
      cleaning_minutes: screen.cleaning_minutes,
      format: wish.format,
      language: wish.language,
      subtitles: wish.subtitles,
      access: [...new Set(wish.access)],
      prices: priced.prices,
      price_from: priced.from,
      price_card_id: chosen.cardId,
      priced_by: chosen.by,
      sales_from: house.now,
    },
  }
}

type Chosen = {
  ok: true
  prices: readonly CardPrice[]
  by: ShowRecord['priced_by']
  cardId: string | null
  field: string
}

function choosePrices(
  { cards, types, theater }: House,
  wish: Pick<ShowWish, 'prices' | 'priceCardId'>,
  time: { localStart: string; day: string },
): Chosen | Refusal {
  if (wish.prices) {
    const errors = wrongPrices(wish.prices, { types, currency: theater.currency })
    if (errors.length > 0) return { ok: false, code: 'invalid', errors, broken: 'prices-wrong' }
    return { ok: true, prices: wish.prices, by: 'hand', cardId: null, field: 'prices' }
  }
  const byTime = wish.priceCardId === undefined
  const card = byTime
    ? cardForTime(cards, { ...time, dayStartsAt: theater.day_starts_at })
    : cards.find((one) => one.id === wish.priceCardId)
  if (!card)
    return broke(
      'no-price-card',
      'priceCardId',
      byTime ? 'no price card holds at that time: give one, or prices' : 'there is no such price card here',
    )
  return {
    ok: true,
    prices: card.prices,
    by: byTime ? 'time' : 'card',
    cardId: card.id,
    field: 'priceCardId',
  }
}

export function invalid(path: string, message: string) {
  return { ok: false as const, code: 'invalid' as const, errors: [{ path, message }] }
}

function broke(broken: BrokenRule, path: string, message: string) {
  return { ...invalid(path, message), broken }
}
