import { z } from 'zod'
import { event, group } from '../../contract/index.ts'

export const seatSold = event('seat.sold.v1', z.object({ seat: z.string(), price: z.int() }))
export const doorOpened = event('door.opened.v1', z.object({ door: z.string() }))
export const ledger = group('suite.ledger', [seatSold])
export const mail = group('suite.mail', [seatSold, doorOpened])
