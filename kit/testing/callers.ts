import { randomUUIDv7 } from 'node:crypto'
import { anonymousCaller, type Caller } from '../contract/index.ts'

/** Nobody in particular, from one network. */
export const anonymous: Caller = { ...anonymousCaller, network: '192.0.2.1' }
/** A guest who proves themselves with an order's secret. */
export const guest = (secret: string): Caller => ({ ...anonymous, secret })
/** Somebody with an account. */
export const person = (userId: string = randomUUIDv7()): Caller & { userId: string } => ({
  kind: 'user',
  userId,
  sessionId: 'session',
  roles: ['user'],
  network: '192.0.2.2',
})
/** Somebody who runs this Marquee. */
export const admin = (userId: string = randomUUIDv7()): Caller & { userId: string } => ({
  ...person(userId),
  roles: ['user', 'admin'],
})
/** A neighbouring service. */
export const serviceCaller = (service: string): Caller => ({ kind: 'service', service, roles: [] })
