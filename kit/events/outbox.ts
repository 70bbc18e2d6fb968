import { randomUUIDv7 } from 'node:crypto'
import { currentContext } from '../telemetry/index.ts'
import type { Publication } from './publisher.ts'

export type OutboxRow = {
  id: string
  name: string
  key: string
  version: number
  payload: unknown
  correlation_id: string
  traceparent: string | null
  place: number
}

/** What PostgreSQL makes of rows given as JSON: `from jsonb_to_recordset($1::jsonb) as event (…)`. */
export const outboxRowType = `id uuid, name text, key text, version bigint, payload jsonb,
  correlation_id text, traceparent text, place bigint`
export const outboxColumns = 'id, name, key, version, payload, correlation_id, traceparent'

/** Rows for the outbox, in order. Throws when a payload is not as declared. */
export function outboxRows(publications: readonly Publication[], newId: () => string): OutboxRow[] {
  const current = currentContext()
  return publications.map(({ event, payload, key, version = 0, cause: context = current }, place) => {
    const id = newId()
    return {
      id,
      name: event.name,
      key,
      version,
      payload: event.schema.parse(payload),
      correlation_id: context?.correlationId ?? id,
      traceparent: context?.traceparent ?? null,
      place,
    }
  })
}

/** For stores that write events in their own statements: what to write, and whom to tell afterwards. */
export type Outbox = {
  rows(publications: readonly Publication[]): OutboxRow[]
  /** To be called once a statement that wrote some has committed. */
  written(): void
}

/** The outbox of a service's schema. */
export function createOutbox(options: {
  onPublished: () => void
  newId?: (() => string) | undefined
}): Outbox {
  const { onPublished, newId = randomUUIDv7 } = options
  return { rows: (publications) => outboxRows(publications, newId), written: onPublished }
}
