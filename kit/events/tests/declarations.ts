import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { event, group } from '../../contract/index.ts'
import type { Envelope } from '../envelope.ts'

export const seatSold = event('seat.sold.v1', z.object({ seat: z.string(), price: z.int() }))
export const doorOpened = event('door.opened.v1', z.object({ door: z.string() }))
export const seatMoved = event('seat.moved.v1', z.object({ from: z.string(), to: z.string() }))
export const ledger = group('suite.ledger', [seatSold])
export const mail = group('suite.mail', [seatSold, doorOpened])

/** An event as a relay hands it over. */
export const envelope = (name: string, payload: unknown, position = 1): Envelope => ({
  id: randomUUID(),
  name,
  key: 'show-1',
  version: position,
  position,
  occurredAt: '2026-03-06T19:00:00Z',
  correlationId: 'rush',
  payload,
})
