import type { Layout } from '@marquee/contracts/theaters'
import type { Database } from '@marquee/kit/sql'
import type { Announce } from './announce.ts'
import type { TheaterFields } from './change-theater.ts'
import { peopleStore, type Role } from './people-store.ts'
import { priceStore } from './price-store.ts'
import type { Card, Ticket } from './prices.ts'
import { screenStore } from './screen-store.ts'
import { theaterStore } from './theater-store.ts'

export type TheaterSeed = {
  theater: TheaterFields
  people: { userId: string; role: Role }[]
  screens: { name: string; layout: Layout; cleaningMinutes: number; trailerMinutes: number }[]
  ticketTypes: Ticket[]
  priceCards: Omit<Card, 'id' | 'version'>[]
}
type Deps = { db: Database; announce: Announce; newId: () => string }

/** Creates whole theaters, each in one transaction; answers their ids. */
export function createSeedTheaters({ db, announce, newId }: Deps) {
  const seedOne = ({ theater: fields, people, screens, ticketTypes, priceCards }: TheaterSeed) =>
    db.transaction(async (tx) => {
      const theater = { ...fields, id: newId(), version: 1 }
      await theaterStore.insert(tx, theater)
      for (const person of people) {
        const changed = await peopleStore.put(tx, theater.id, person)
        await peopleStore.knowAddress(tx, theater.id, person.userId)
        if (changed) await announce.people(tx, theater, [changed])
      }
      for (const { name, layout, cleaningMinutes, trailerMinutes } of screens) {
        if (await screenStore.keepLayout(tx, layout)) await announce.layout(tx, layout)
        await screenStore.insert(tx, {
          id: newId(),
          version: 1,
          theater_id: theater.id,
          name,
          layout_id: layout.id,
          cleaning_minutes: cleaningMinutes,
          trailer_minutes: trailerMinutes,
        })
      }
      for (const type of ticketTypes) await priceStore.putType(tx, theater.id, type)
      for (const card of priceCards)
        await priceStore.insertCard(tx, theater.id, { ...card, id: newId(), version: 1 })
      return theater.id
    })

  return async (seeds: readonly TheaterSeed[]): Promise<string[]> => {
    const ids: string[] = []
    for (const seed of seeds) ids.push(await seedOne(seed))
    return ids
  }
}
