import { randomUUIDv7 } from 'node:crypto'
import type { z } from 'zod'
import type { EventDeclaration } from '../contract/index.ts'
import type { Transaction } from '../sql/index.ts'
import type { RequestContext } from '../telemetry/index.ts'
import { outboxColumns, outboxRows, outboxRowType } from './outbox.ts'

export type About = {
  /** The id of what the event is about. */
  key: string
  /** Its version after the change; 0 when it has none. */
  version?: number
  /** The request or event that caused it, when that is not the current one: batches serve many at once. */
  cause?: RequestContext | undefined
}

/** One event to be published. */
export type Publication<Declaration extends EventDeclaration = EventDeclaration> = About & {
  event: Declaration
  payload: z.input<Declaration['schema']>
}

/** Announces events in the transaction of what they tell: both happen or neither. */
export type Publisher = {
  publish<Declaration extends EventDeclaration>(
    tx: Transaction,
    event: Declaration,
    payload: z.input<Declaration['schema']>,
    about: About,
  ): Promise<void>
  /** The same for many, in one statement. */
  publishAll<Declaration extends EventDeclaration>(
    tx: Transaction,
    publications: readonly Publication<Declaration>[],
  ): Promise<void>
}

export type PublisherOptions = {
  /** Called once after each commit that published something. */
  onPublished: () => void
  /** UUIDv7. */
  newId?: () => string
}

const insert = `insert into outbox (${outboxColumns}) select ${outboxColumns}
  from jsonb_to_recordset($1::jsonb) as event (${outboxRowType}) order by place`

/** Publishes into the `outbox` of the schema that the transaction is in. Throws when a payload is not as declared. */
export function createPublisher({ onPublished, newId = randomUUIDv7 }: PublisherOptions): Publisher {
  const publishAll: Publisher['publishAll'] = async (tx, publications) => {
    if (publications.length === 0) return
    const rows = outboxRows(publications, newId)
    await tx.query(insert, [JSON.stringify(rows)], { name: 'events-publish' })
    tx.afterCommit(onPublished)
  }
  return {
    publishAll,
    publish: (tx, event, payload, about) => publishAll(tx, [{ event, payload, ...about }]),
  }
}
