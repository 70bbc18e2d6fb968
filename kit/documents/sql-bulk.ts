import { isRetryable, uniqueViolation } from '../sql/index.ts'
import { DocumentError } from './document-error.ts'
import type { Put, WithEvents } from './documents.ts'
import { eventRows, type Parts } from './sql-changes.ts'
import { isId, toStored } from './stored-json.ts'

type Given<Fields extends object> = { id: string; fields: Fields }
type Stored = { id: string; version: number; gone: boolean; same: boolean }

const atOnce = 1000
const mostTries = 50

/** Inserts or replaces many documents, two statements a thousand; told is only what changed. */
export function createBulkPut<Fields extends object>({ db, outbox, table, sql, shape }: Parts<Fields>) {
  return async (
    documents: readonly (object & { id: string })[],
    { events }: WithEvents<Fields> = {},
  ): Promise<Put[]> => {
    const results: Put[] = []
    for (let start = 0; start < documents.length; start += atOnce) {
      const batch = documents.slice(start, start + atOnce)
      // Of two with one id the later one counts.
      const given = new Map(batch.map((document) => [document.id, accept(document)]))
      const put = new Map((await putSome([...given.values()])).map((one) => [one.id, one]))
      results.push(...batch.flatMap(({ id }) => put.get(id) ?? []))
    }
    return results

    async function putSome(given: readonly Given<Fields>[]): Promise<Put[]> {
      try {
        return await putBatch(given)
      } catch (error) {
        const index = table.indexNamed(uniqueViolation(error) ?? '')
        if (index === undefined) throw error
        const [only] = given
        if (given.length === 1 && only) return [{ id: only.id, outcome: 'taken', index }]
        const half = Math.ceil(given.length / 2)
        return [...(await putSome(given.slice(0, half))), ...(await putSome(given.slice(half)))]
      }
    }

    async function putBatch(given: readonly Given<Fields>[]): Promise<Put[]> {
      const done: Put[] = []
      let left = given
      for (let tries = 0; left.length > 0; tries++) {
        if (tries === mostTries) throw new DocumentError('contended', `Others kept changing ${table.name}`)
        const stored = await compare(left)
        const same = left.filter(({ id }) => stored.get(id)?.same === true)
        done.push(
          ...same.map(({ id }) => ({ id, outcome: 'same' as const, version: stored.get(id)?.version ?? 0 })),
        )
        const different = left.filter(({ id }) => stored.get(id)?.same !== true)
        const versions = await writeAll(different, stored)
        for (const [id, version] of versions) {
          const before = stored.get(id)
          done.push({ id, version, outcome: before && !before.gone ? 'changed' : 'inserted' })
        }
        left = different.filter(({ id }) => !versions.has(id))
      }
      return done
    }

    async function writeAll(
      given: readonly Given<Fields>[],
      stored: ReadonlyMap<string, Stored>,
    ): Promise<Map<string, number>> {
      if (given.length === 0) return new Map()
      const told = given.flatMap(({ id, fields }) =>
        eventRows(outbox, { ...fields, id, version: (stored.get(id)?.version ?? 0) + 1 }, events),
      )
      const rows = given.map(({ id, fields }) => ({
        id,
        before: stored.get(id)?.version ?? null,
        data: fields,
      }))
      try {
        const { rows: written } = await db.query<{ id: string; version: number }>(
          sql.putMany.text,
          [toStored(rows), JSON.stringify(told.map((row, place) => ({ ...row, place })))],
          sql.putMany,
        )
        if (told.length > 0 && written.length > 0) outbox.written()
        return new Map(written.map(({ id, version }) => [id, version]))
      } catch (error) {
        // Two batches may lock the same rows in different orders: one of them gives way.
        if (isRetryable(error)) return new Map()
        throw error
      }
    }
  }

  function accept(document: object & { id: string }): Given<Fields> {
    if (!isId(document.id)) throw new Error('A document needs an id of 1 to 400 characters')
    return { id: document.id, fields: shape.accept(document) }
  }

  async function compare(given: readonly Given<Fields>[]): Promise<Map<string, Stored>> {
    const rows = given.map(({ id, fields }) => ({ id, data: fields }))
    const { rows: stored } = await db.query<Stored>(sql.compareMany.text, [toStored(rows)], sql.compareMany)
    return new Map(stored.map((row) => [row.id, row]))
  }
}
