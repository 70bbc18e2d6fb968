import type { z } from 'zod'

/** A durable event: its versioned name and its payload, ids and plain JSON only. */
export type EventDeclaration<Name extends string = string, Schema extends z.ZodType = z.ZodType> = {
  kind: 'event'
  name: Name
  schema: Schema
}

/** A consumer group: the events it wants; declared so that it may start after they were published. */
export type GroupDeclaration<Events extends readonly EventDeclaration[] = readonly EventDeclaration[]> = {
  kind: 'group'
  name: string
  events: Events
}

/** Declares an event: `event('order.confirmed.v1', z.object({ … }))`. The name ends in its version. */
export function event<const Name extends `${string}.v${number}`, Schema extends z.ZodType>(
  name: Name,
  schema: Schema,
): EventDeclaration<Name, Schema> {
  return { kind: 'event', name, schema }
}

/** Declares a consumer group: `group('notifications.order-mail', [orderConfirmed])`. */
export function group<const Events extends readonly EventDeclaration[]>(
  name: string,
  events: Events,
): GroupDeclaration<Events> {
  return { kind: 'group', name, events }
}
