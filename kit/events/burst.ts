import type { z } from 'zod'
import type { EventDeclaration } from '../contract/index.ts'
import type { EventBus } from './bus.ts'
import { outboxRows } from './outbox.ts'
import type { About } from './publisher.ts'

/**
 * Hands an event straight to its groups, without an outbox: resolves once the bus has it for good. For bursts of what
 * is no change in this database yet; whoever sends it keeps it until then. Throws while the bus cannot take it.
 */
export type Burst = <Declaration extends EventDeclaration>(
  event: Declaration,
  payload: z.input<Declaration['schema']>,
  about: About,
) => Promise<void>

/** Sends bursts to a bus; `newId` makes UUIDv7. */
export function createBurst({ bus, newId }: { bus: Pick<EventBus, 'deliver'>; newId: () => string }): Burst {
  return async (event, payload, about) => {
    const [row] = outboxRows([{ event, payload, ...about }], newId)
    if (!row) return
    const { correlation_id: correlationId, traceparent, place, ...rest } = row
    await bus.deliver([
      {
        ...rest,
        position: place,
        occurredAt: Temporal.Now.instant().toString(),
        correlationId,
        ...(traceparent ? { traceparent } : {}),
      },
    ])
  }
}
