import type { Idempotency } from '@marquee/kit/contract'
import type { Database, Transaction } from '@marquee/kit/sql'
import { invalid, type Refusal } from './plan-show.ts'
import { priceStore } from './price-store.ts'
import { type Card, type Ticket, wrongHours, wrongPrices } from './prices.ts'
import { requestStore } from './request-store.ts'
import { type TheaterRow, theaterStore } from './theater-store.ts'

type CardFields = Omit<Card, 'id' | 'version'>
type NotFound = { ok: false; code: 'not-found' }

const reused = { ok: false, code: 'idempotency-key-reused' } as const

/** Keeps ticket types and price cards; shows on sale keep the prices they were scheduled with. */
export function createChangePrices({ db, newId }: { db: Database; newId: () => string }) {
  const refusalOf = async (tx: Transaction, theater: TheaterRow, card: Card, told: Partial<Card> = card) => {
    const types = await priceStore.types(tx, theater.id)
    // Hours that fitted the day they were written for stand until they are written anew.
    const timed = told.from !== undefined || told.until !== undefined
    const errors = [
      ...(timed ? wrongHours(card, theater.day_starts_at) : []),
      ...wrongPrices(card.prices, { types, currency: theater.currency }),
    ]
    return errors.length > 0 ? ({ ok: false, code: 'invalid', errors } as const) : undefined
  }

  return {
    putType: (theaterId: string, type: Ticket): Promise<{ ok: true } | NotFound | Refusal> =>
      db.transaction(async (tx) => {
        if (!(await theaterStore.lock(tx, theaterId))) return { ok: false, code: 'not-found' }
        const known = new Set((await priceStore.types(tx, theaterId)).map((one) => one.key))
        const unknown = type.requires.find((key) => key === type.key || !known.has(key))
        if (unknown !== undefined) return invalid('requires', `there is no other ticket type ${unknown} here`)
        await priceStore.putType(tx, theaterId, type)
        return { ok: true }
      }),

    removeType: (theaterId: string, key: string) =>
      db.transaction(async (tx) => {
        await theaterStore.lock(tx, theaterId)
        const priced = (await priceStore.cards(tx, theaterId)).filter((card) =>
          card.prices.some((price) => price.ticketType === key),
        )
        if (priced.length > 0)
          return { ok: false, code: 'still-priced', priceCards: priced.map((card) => card.name) } as const
        const removed = await priceStore.removeType(tx, theaterId, key)
        return removed ? ({ ok: true } as const) : ({ ok: false, code: 'not-found' } as const)
      }),

    addCard: (theaterId: string, fields: CardFields, request?: Idempotency) =>
      db.transaction(async (tx) => {
        const theater = await theaterStore.lock(tx, theaterId)
        if (!theater) return { ok: false, code: 'not-found' } as const
        const before = request && (await madeBefore(tx, theaterId, request))
        if (before) return before
        const card = { ...fields, id: newId(), version: 1 }
        const refusal = await refusalOf(tx, theater, card)
        if (refusal) return refusal
        // The same request waits for the theater's lock: who took the key just now adds a card to another.
        const isFirst = await priceStore.insertCard(tx, theaterId, card, request)
        return isFirst ? ({ ok: true, card } as const) : reused
      }),

    changeCard: (theaterId: string, id: string, changes: Partial<CardFields>, expectedVersion?: number) =>
      db.transaction(async (tx) => {
        // Locked before the card is read: of two changes at once each keeps what the other did.
        const theater = await theaterStore.lock(tx, theaterId)
        const before = (await priceStore.cards(tx, theaterId)).find((card) => card.id === id)
        if (!theater || !before) return { ok: false, code: 'not-found' } as const
        if (expectedVersion !== undefined && expectedVersion !== before.version)
          return { ok: false, code: 'version-mismatch' } as const
        const card = { ...before, ...changes, version: before.version + 1 }
        const refusal = await refusalOf(tx, theater, card, changes)
        if (refusal) return refusal
        await priceStore.updateCard(tx, card)
        return { ok: true, card } as const
      }),

    removeCard: (theaterId: string, id: string): Promise<boolean> =>
      db.transaction(async (tx) => {
        await theaterStore.lock(tx, theaterId)
        return priceStore.removeCard(tx, theaterId, id)
      }),
  }
}

/** The card as it is now; none once it was removed, and then it is made anew. */
async function madeBefore(tx: Transaction, theaterId: string, request: Idempotency) {
  await requestStore.forgetOld(tx, 'price_cards', request)
  const made = await requestStore.made(tx, 'price_cards', request)
  if (!made) return undefined
  const card = (await priceStore.cards(tx, theaterId)).find((one) => one.id === made.id)
  return card && made.request_hash === request.bodyHash ? ({ ok: true, card } as const) : reused
}
