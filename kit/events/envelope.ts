import type { z } from 'zod'
import type { EventDeclaration } from '../contract/index.ts'

/** An event on its way: JSON through and through. */
export type Envelope = {
  /** Made once, when it was published: the same on every delivery. */
  id: string
  /** Such as `order.confirmed.v1`. */
  name: string
  /** The id of what it is about; events of one key keep their order where that is possible. */
  key: string
  /** The version of what it is about; one that is older than what is known is to be ignored. */
  version: number
  /** Its place in its service's outbox: later ones have higher places. */
  position: number
  /** RFC 3339. */
  occurredAt: string
  correlationId: string
  traceparent?: string
  payload: unknown
}

/** An event as a handler gets it: its payload parsed by its declaration. */
export type EventOf<Declaration extends EventDeclaration> =
  Declaration extends EventDeclaration<infer Name, infer Schema>
    ? Omit<Envelope, 'name' | 'payload'> & { name: Name; payload: z.output<Schema> }
    : never
