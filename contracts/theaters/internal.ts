import { endpoint } from '@marquee/kit/contract'
import { z } from 'zod'
import { Instant, ScreenId, ShowId, TheaterId, TheaterRole, text, UserId } from '../common.ts'
import { TheaterDetail } from './houses.ts'
import { LayoutInput } from './layouts.ts'
import { theaterFields } from './parts.ts'
import { PriceCard, TicketType } from './prices.ts'
import { ShowDraft } from './show-draft.ts'

/** For identity, before it erases somebody: a theater always has an owner. */
export const theatersOwnedAlone = endpoint({
  method: 'GET',
  path: '/internal/theaters/owned-alone',
  summary: 'Open theaters that have no other owner',
  access: ['service'],
  query: z.object({ userId: UserId }),
  responses: { 200: z.object({ items: z.array(z.object({ id: TheaterId, name: z.string() })) }) },
})
/** For the demo and importers: whole theaters in few transactions. */
export const seedTheaters = endpoint({
  method: 'POST',
  path: '/internal/theaters/seed',
  summary: 'Create theaters with screens, prices and people',
  access: ['service'],
  maxBytes: 16_000_000,
  timeoutMs: 60_000,
  body: z.object({
    theaters: z.array(
      z.object({
        theater: z.object(theaterFields),
        people: z.array(z.object({ userId: UserId, role: TheaterRole })),
        screens: z.array(
          z.object({
            name: text(60),
            layout: LayoutInput,
            cleaningMinutes: z.int().min(0).max(240),
            trailerMinutes: z.int().min(0).max(120),
          }),
        ),
        ticketTypes: z.array(TicketType),
        priceCards: z.array(PriceCard.omit({ id: true, version: true })),
      }),
    ),
  }),
  responses: { 200: z.object({ items: z.array(TheaterDetail.extend({ priceCards: z.array(PriceCard) })) }) },
})
export const scheduleShows = endpoint({
  method: 'POST',
  path: '/internal/theaters/shows',
  summary: 'Schedule many shows; those that clash are skipped',
  access: ['service'],
  maxBytes: 16_000_000,
  timeoutMs: 60_000,
  body: z.object({ shows: z.array(ShowDraft.extend({ theaterId: TheaterId })).max(5000) }),
  responses: {
    200: z.object({
      created: z.array(z.object({ id: ShowId, screenId: ScreenId, startsAt: Instant })),
      skipped: z.int(),
    }),
  },
})
