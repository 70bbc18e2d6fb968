import { isDeepStrictEqual } from 'node:util'
import type { Outbox } from '../events/index.ts'
import { type Database, uniqueViolation } from '../sql/index.ts'
import { DocumentError } from './document-error.ts'
import type { Document, Telling, WithEvents } from './documents.ts'
import type { Table } from './sql-table.ts'
import type { SqlWrites } from './sql-writes.ts'
import { toStored } from './stored-json.ts'
import { createTurns } from './turns.ts'

/** A row as it is: without data it is a tombstone; none at all is version 0. */
export type Row<Fields extends object> = { version: number; fields: Fields | undefined; applied: boolean }

export type Decision<Fields extends object, Result> =
  | { do: 'nothing'; result: Result }
  | { do: 'remember' }
  | { do: 'write'; fields: Fields }
  | { do: 'delete' }

export type Shape<Fields extends object> = {
  /** What may be stored; throws otherwise. */
  accept: (fields: object) => Fields
  present: (data: unknown) => Fields
}

export type Parts<Fields extends object> = {
  db: Database
  outbox: Outbox
  table: Table
  sql: SqlWrites
  shape: Shape<Fields>
  remembers: number
}

export type Change<Fields extends object, Result> = WithEvents<Fields> & {
  id: string
  cause?: string | undefined
  /** True when the document is most likely not there yet: a first look is spared. */
  fresh?: boolean
  decide: (row: Row<Fields>) => Decision<Fields, Result>
}

export type Outcome<Fields extends object, Result> =
  | { is: 'decided'; result: Result }
  | { is: 'remembered'; document: Document<Fields> | undefined }
  | { is: 'written' | 'deleted'; document: Document<Fields> }
  | { is: 'taken'; index: string }

const mostTries = 200
const absent = { version: 0, fields: undefined, applied: false }

/** Reads, decides and writes one document until nobody came between: no change is lost, none is made twice. */
export function createChanges<Fields extends object>({
  db,
  outbox,
  table,
  sql,
  shape,
  remembers,
}: Parts<Fields>) {
  const inTurn = createTurns<Row<Fields>>()

  return <Result>(change: Change<Fields, Result>): Promise<Outcome<Fields, Result>> =>
    inTurn(change.id, async (left) => {
      // What was left over does not say which events were applied.
      const known = change.cause === undefined ? (left ?? (change.fresh ? absent : undefined)) : undefined
      let row = known ?? (await read(change))
      let isLeft = known !== undefined
      for (let tries = 0; tries < mostTries; tries++) {
        const decision = change.decide(row)
        // Only a write proves that what was left over still stands.
        if (isLeft && decision.do !== 'write') {
          row = await read(change)
          isLeft = false
          continue
        }
        if (decision.do === 'nothing') return { result: { is: 'decided', result: decision.result } }
        const written = await carryOut(change, row, decision)
        if (written) return written
        row = await read(change)
        isLeft = false
      }
      throw new DocumentError('contended', `Others kept changing ${table.name} ${change.id}`)
    })

  async function read({ id, cause }: { id: string; cause?: string | undefined }): Promise<Row<Fields>> {
    const { rows } = await db.query<{ version: number; data: unknown; applied: boolean | null }>(
      sql.read.text,
      [id, cause ?? null],
      sql.read,
    )
    const [row] = rows
    if (!row) return { version: 0, fields: undefined, applied: false }
    const fields = row.data === null ? undefined : shape.present(row.data)
    return { version: row.version, fields, applied: row.applied === true }
  }

  /** Undefined when somebody was faster. */
  async function carryOut<Result>(
    change: Change<Fields, Result>,
    row: Row<Fields>,
    decision: Exclude<Decision<Fields, Result>, { do: 'nothing' }>,
  ): Promise<{ result: Outcome<Fields, Result>; left?: Row<Fields> } | undefined> {
    const { id, cause = null } = change
    const version = row.version + 1
    if (decision.do === 'remember') {
      const kept = row.fields && { ...row.fields, id, version: row.version }
      const done = row.version === 0 || (await run(sql.remember, [id, row.version, cause, remembers]))
      return done ? { result: { is: 'remembered', document: kept } } : undefined
    }
    const fields = decision.do === 'write' ? decision.fields : row.fields
    if (!fields) return undefined
    const document = { ...fields, id, version }
    const events = eventRows(outbox, document, change.events)
    try {
      const done = await write(decision.do, row, document, { data: toStored(fields), events, cause })
      if (!done) return undefined
    } catch (error) {
      const index = table.indexNamed(uniqueViolation(error) ?? '')
      if (index === undefined) throw error
      return { result: { is: 'taken', index } }
    }
    if (events.length > 0) outbox.written()
    if (decision.do === 'delete') return { result: { is: 'deleted', document } }
    return { result: { is: 'written', document }, left: { version, fields, applied: false } }
  }

  function write(
    kind: 'write' | 'delete',
    row: Row<Fields>,
    { id }: { id: string },
    { data, events, cause }: { data: string; events: readonly object[]; cause: string | null },
  ): Promise<boolean> {
    const told = JSON.stringify(events)
    if (kind === 'delete')
      return events.length > 0 ? run(sql.bury, [id, row.version, told]) : run(sql.remove, [id, row.version])
    if (row.version === 0) return run(sql.insert, [id, data, told, cause])
    return run(sql.change, [id, row.version, data, told, cause, remembers])
  }

  async function run({ name, text }: { name: string; text: string }, values: unknown[]): Promise<boolean> {
    const { rows } = await db.query(text, values, { name })
    return rows.length > 0
  }
}

/** The rows of what a write tells, marked with the document they depend on. */
export function eventRows<Fields extends object>(
  outbox: Outbox,
  document: Document<Fields>,
  events: WithEvents<Fields>['events'],
): object[] {
  const tellings: readonly Telling[] = events?.(document) ?? []
  const publications = tellings.map((telling) => ({
    key: document.id,
    version: document.version,
    ...telling,
  }))
  return outbox.rows(publications).map((row) => ({ ...row, document: document.id }))
}

export const isSame = (one: object, other: object): boolean => isDeepStrictEqual(one, other)
