import type { Database, Transaction } from '@marquee/kit/sql'
import { invalid, type Refusal } from './plan-show.ts'
import { priceStore } from './price-store.ts'
import { type Card, type Ticket, wrongHours, wrongPrices } from './prices.ts'
import { type TheaterRow, theaterStore } from './theater-store.ts'

type CardFields = Omit<Card, 'id' | 'version'>
type NotFound = { ok: false; code: 'not-found' }

/** Keeps ticket types and price cards; shows on sale keep the prices they were scheduled with. */
export function createChangePrices({ db, newId }: { db: Database; newId: () => string }) {
  const saveCard = async (tx: Transaction, theater: TheaterRow, card: Card, told: Partial<Card> = card) => {
    const types = await priceStore.types(tx, theater.id)
    // Hours that fitted the day they were written for stand until they are written anew.
    const timed = told.from !== undefined || told.until !== undefined
    const errors = [
      ...(timed ? wrongHours(card, theater.day_starts_at) : []),
      ...wrongPrices(card.prices, { types, currency: theater.currency }),
    ]
    if (errors.length > 0) return { ok: false, code: 'invalid', errors } as const
    await priceStore.putCard(tx, theater.id, card)
    return { ok: true, card } as const
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

    addCard: (theaterId: string, card: CardFields) =>
      db.transaction(async (tx) => {
        const theater = await theaterStore.lock(tx, theaterId)
        if (!theater) return { ok: false, code: 'not-found' } as const
        return saveCard(tx, theater, { ...card, id: newId(), version: 1 })
      }),

    changeCard: (theaterId: string, id: string, changes: Partial<CardFields>, expectedVersion?: number) =>
      db.transaction(async (tx) => {
        // Locked before the card is read: of two changes at once each keeps what the other did.
        const theater = await theaterStore.lock(tx, theaterId)
        const before = (await priceStore.cards(tx, theaterId)).find((card) => card.id === id)
        if (!theater || !before) return { ok: false, code: 'not-found' } as const
        if (expectedVersion !== undefined && expectedVersion !== before.version)
          return { ok: false, code: 'version-mismatch' } as const
        return saveCard(tx, theater, { ...before, ...changes, version: before.version + 1 }, changes)
      }),

    removeCard: (theaterId: string, id: string): Promise<boolean> =>
      db.transaction(async (tx) => {
        await theaterStore.lock(tx, theaterId)
        return priceStore.removeCard(tx, theaterId, id)
      }),
  }
}
