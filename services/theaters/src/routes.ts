import { theatersContract } from '@marquee/contracts/theaters'
import { badCursor, expectedVersion, fail, implement } from '@marquee/kit/contract'
import type { Database } from '@marquee/kit/sql'
import { createGuards } from './guards.ts'
import { toTheaterChanges, toTheaterFields } from './inputs.ts'
import { parseLayout } from './layout/parse-layout.ts'
import { peopleStore } from './people-store.ts'
import { priceStore } from './price-store.ts'
import { badLayout, refuse, refusePerson } from './refuse.ts'
import { readLayout, type ShowView } from './show-view.ts'
import { presentScreen, type TheaterView } from './theater-view.ts'
import type { UseCases } from './use-cases.ts'

type Deps = { db: Database; theaters: TheaterView; shows: ShowView; use: UseCases }

export function createRoutes({ db, theaters, shows, use }: Deps) {
  const detail = async (theaterId: string, options?: { evenClosed: boolean }) =>
    (await theaters.get(theaterId, options)) ?? fail('not-found')
  const show = async (showId: string) => (await shows.get(showId)) ?? fail('not-found')

  return implement(theatersContract, {
    guards: createGuards(db),
    handlers: {
      listTheaters: async (input) => (await theaters.list(input)) ?? badCursor(),
      getTheater: ({ theaterId }) => detail(theaterId),
      createTheater: async (input, { caller, idempotency }) => {
        if (!caller.userId) return fail('unauthenticated')
        const opened = await use.theater.open(toTheaterFields(input), caller.userId, idempotency)
        // Sent again after its owner closed it, the request has still made this one.
        return opened.ok ? detail(opened.theaterId, { evenClosed: true }) : refuse(opened)
      },
      updateTheater: async ({ theaterId, ...changes }, request) => {
        const saved = await use.theater.update(theaterId, toTheaterChanges(changes), expectedVersion(request))
        return saved.ok ? detail(theaterId) : refuse(saved)
      },
      closeTheater: async ({ theaterId, cancelShows }) => {
        const closed = await use.theater.close(theaterId, cancelShows)
        if (closed.ok) return undefined
        return closed.code === 'shows-planned'
          ? fail(closed.code, { shows: closed.shows })
          : fail(closed.code)
      },
      restoreTheater: async ({ theaterId }) =>
        (await use.theater.reopen(theaterId))
          ? detail(theaterId)
          : fail('conflict', undefined, 'it was closed more than a day ago'),

      listPeople: async ({ theaterId }) => ({
        items: await use.people.named(await theaters.people(theaterId)),
      }),
      putPerson: async ({ theaterId, userId, role }) => {
        const saved = await use.people.put(theaterId, userId, role)
        return saved.ok ? undefined : refusePerson(saved.code)
      },
      invitePerson: async ({ theaterId, email, role }) => {
        const saved = await use.people.invite(theaterId, email, role)
        return saved.ok ? { userId: saved.userId, role } : refusePerson(saved.code)
      },
      removePerson: async ({ theaterId, userId }) => {
        const removed = await use.people.remove(theaterId, userId)
        return removed.ok ? undefined : refusePerson(removed.code)
      },
      myTheaters: async (_input, { caller }) => ({
        items: caller.userId ? await theaters.ofPerson(caller.userId) : [],
      }),

      previewLayout: ({ layout }) => {
        const parsed = parseLayout(layout)
        return parsed.ok ? parsed.layout : badLayout(parsed.errors)
      },
      getLayout: async ({ layoutId }) => (await readLayout(db, { layoutId })) ?? fail('not-found'),
      createScreen: async ({ theaterId, layout, ...fields }) => {
        const parsed = parseLayout(layout)
        if (!parsed.ok) return badLayout(parsed.errors)
        const saved = await use.screen.add(theaterId, { ...fields, layout: parsed.layout })
        return saved.ok ? presentScreen(saved.screen) : refuse(saved)
      },
      updateScreen: async ({ theaterId, screenId, layout, ...changes }, request) => {
        const parsed = layout === undefined ? undefined : parseLayout(layout)
        if (parsed?.ok === false) return badLayout(parsed.errors)
        const saved = await use.screen.change(theaterId, screenId, {
          ...changes,
          ...(parsed ? { layout: parsed.layout } : {}),
          expectedVersion: expectedVersion(request),
        })
        return saved.ok ? presentScreen(saved.screen) : refuse(saved)
      },
      deleteScreen: async ({ theaterId, screenId }) => {
        const removed = await use.screen.remove(theaterId, screenId)
        if (removed.ok) return undefined
        return removed.code === 'shows-planned'
          ? fail(removed.code, { shows: removed.shows })
          : fail(removed.code)
      },

      listTicketTypes: async ({ theaterId }) => ({ items: await priceStore.types(db, theaterId) }),
      createTicketType: async ({ theaterId, ...type }) => {
        const saved = await use.prices.putType(theaterId, type)
        return saved.ok ? type : refuse(saved)
      },
      deleteTicketType: async ({ theaterId, key }) => {
        const removed = await use.prices.removeType(theaterId, key)
        if (removed.ok) return undefined
        return removed.code === 'still-priced'
          ? fail(removed.code, { priceCards: removed.priceCards })
          : fail(removed.code)
      },
      listPriceCards: async ({ theaterId }) => ({ items: await priceStore.cards(db, theaterId) }),
      createPriceCard: async ({ theaterId, ...card }, { idempotency }) => {
        const saved = await use.prices.addCard(theaterId, card, idempotency)
        return saved.ok ? saved.card : refuse(saved)
      },
      updatePriceCard: async ({ theaterId, priceCardId, ...changes }, request) => {
        const saved = await use.prices.changeCard(theaterId, priceCardId, changes, expectedVersion(request))
        return saved.ok ? saved.card : refuse(saved)
      },
      deletePriceCard: async ({ theaterId, priceCardId }) =>
        (await use.prices.removeCard(theaterId, priceCardId)) ? undefined : fail('not-found'),

      listShows: async (input) => (await shows.upcoming(input)) ?? badCursor(),
      getShow: ({ showId }) => show(showId),
      createShow: async ({ theaterId, ...wish }) => {
        const scheduled = await use.scheduleShow(theaterId, wish)
        return scheduled.ok ? show(scheduled.showId) : refuse(scheduled)
      },
      copyDay: async ({ theaterId, from, to }) => {
        const copied = await use.copyDay(theaterId, from, to)
        if (!copied) return fail('not-found')
        return { created: await shows.getMany(copied.created), skipped: copied.skipped }
      },
      updateShow: async ({ showId, ...changes }, request) => {
        const changed = await use.changeShow(showId, changes, expectedVersion(request))
        return changed.ok ? show(showId) : refuse(changed)
      },
      cancelShow: async ({ showId }) => {
        await use.cancelShow(showId)
        return undefined
      },
      listTheaterShows: async ({ theaterId, from, to }) => ({
        items: await shows.programme(theaterId, from, to ?? from),
      }),

      theatersOwnedAlone: async ({ userId }) => ({ items: await peopleStore.ownedAlone(db, userId) }),
      seedTheaters: async ({ theaters: seeds }) => {
        const parsed = seeds.map((seed) => seed.screens.map((screen) => parseLayout(screen.layout)))
        const errors = parsed.flat().flatMap((one) => (one.ok ? [] : one.errors))
        if (errors.length > 0) return badLayout(errors)
        const ids = await use.seedTheaters(
          seeds.map((seed, index) => ({
            ...seed,
            theater: toTheaterFields(seed.theater),
            screens: seed.screens.flatMap((screen, place) => {
              const layout = parsed[index]?.[place]
              return layout?.ok ? [{ ...screen, layout: layout.layout }] : []
            }),
          })),
        )
        const items = await Promise.all(
          ids.map(async (id) => {
            const theater = await theaters.get(id)
            return theater ? [{ ...theater, priceCards: await priceStore.cards(db, id) }] : []
          }),
        )
        return { items: items.flat() }
      },
      scheduleShows: ({ shows: wishes }) => use.scheduleShows(wishes),
    },
  })
}
