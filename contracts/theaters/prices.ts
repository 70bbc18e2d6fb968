import { endpoint, nothing, problem } from '@marquee/kit/contract'
import { z } from 'zod'
import { Channel, Price, PriceCardId, TheaterId, TicketTypeKey, text, Zone } from '../common.ts'
import { byTheater } from './parts.ts'

export const TicketType = z.object({
  key: TicketTypeKey,
  name: z.string(),
  /** What is shown at the door: `Student card`. */
  proof: z.string().nullable(),
  channels: z.array(Channel),
  /** Sold only beside one of these: a companion beside a wheelchair ticket. */
  requires: z.array(TicketTypeKey),
})
export const ZonePrice = z.object({ zone: Zone, ticketType: TicketTypeKey, price: Price })
export const PriceCard = z.object({
  id: PriceCardId,
  version: z.int(),
  name: z.string(),
  /** 1 Monday to 7 Sunday; every day when absent. */
  days: z.array(z.int().min(1).max(7)).nullable(),
  from: z.iso.time({ precision: -1 }).nullable(),
  until: z.iso.time({ precision: -1 }).nullable(),
  prices: z.array(ZonePrice),
})
export const ShowPrice = ZonePrice.extend({
  name: z.string(),
  proof: z.string().nullable(),
  channels: z.array(Channel),
  requires: z.array(TicketTypeKey),
})
export const listTicketTypes = endpoint({
  method: 'GET',
  path: '/api/theaters/:theaterId/ticket-types',
  summary: 'Ticket types of a theater',
  access: ['anyone'],
  params: byTheater,
  responses: { 200: z.object({ items: z.array(TicketType) }) },
})
export const createTicketType = endpoint({
  method: 'POST',
  path: '/api/theaters/:theaterId/ticket-types',
  summary: 'Add or change a ticket type',
  access: ['owner'],
  params: byTheater,
  body: z.object({
    key: TicketTypeKey,
    name: text(60),
    proof: text(120).nullable().default(null),
    channels: z.array(Channel).min(1).default(['online', 'counter']),
    requires: z.array(TicketTypeKey).max(10).default([]),
  }),
  responses: { 201: TicketType },
})
export const deleteTicketType = endpoint({
  method: 'DELETE',
  path: '/api/theaters/:theaterId/ticket-types/:key',
  summary: 'Retire a ticket type',
  access: ['owner'],
  params: z.object({ theaterId: TheaterId, key: TicketTypeKey }),
  responses: { 204: nothing, 409: problem('still-priced', { priceCards: z.array(z.string()) }) },
})
const priceCardFields = {
  name: text(60),
  days: z.array(z.int().min(1).max(7)).min(1).max(7).nullable(),
  from: z.iso.time({ precision: -1 }).nullable(),
  until: z.iso.time({ precision: -1 }).nullable(),
  prices: z.array(ZonePrice).min(1).max(500),
}
export const listPriceCards = endpoint({
  method: 'GET',
  path: '/api/theaters/:theaterId/price-cards',
  summary: 'Price cards of a theater',
  access: ['staff'],
  params: byTheater,
  responses: { 200: z.object({ items: z.array(PriceCard) }) },
})
export const createPriceCard = endpoint({
  method: 'POST',
  path: '/api/theaters/:theaterId/price-cards',
  summary: 'Add a price card',
  access: ['owner'],
  idempotent: true,
  params: byTheater,
  body: z.object({
    ...priceCardFields,
    days: priceCardFields.days.default(null),
    from: priceCardFields.from.default(null),
    until: priceCardFields.until.default(null),
  }),
  responses: { 201: PriceCard },
})
export const updatePriceCard = endpoint({
  method: 'PATCH',
  path: '/api/theaters/:theaterId/price-cards/:priceCardId',
  summary: 'Change a price card; shows already on sale keep their prices',
  access: ['owner'],
  params: z.object({ theaterId: TheaterId, priceCardId: PriceCardId }),
  body: z.object(priceCardFields).partial(),
  responses: { 200: PriceCard },
})
export const deletePriceCard = endpoint({
  method: 'DELETE',
  path: '/api/theaters/:theaterId/price-cards/:priceCardId',
  summary: 'Remove a price card',
  access: ['owner'],
  params: z.object({ theaterId: TheaterId, priceCardId: PriceCardId }),
  responses: { 204: nothing },
})
