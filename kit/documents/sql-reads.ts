import { createHash } from 'node:crypto'
import type { Reading } from '../sql/index.ts'
import type { AnyIndex } from './collection.ts'
import { type Place, readCursor, writeCursor } from './cursor.ts'
import { DocumentError } from './document-error.ts'
import type { Document, DocumentReads, Find, Page, Where } from './documents.ts'
import { planFind } from './plan-find.ts'
import type { Parts } from './sql-changes.ts'
import { countStatement, findStatement, type Statement } from './sql-find.ts'
import { isId } from './stored-json.ts'

type Stored = { id: string; version: number; data: unknown }

/** What reads one collection in PostgreSQL. */
export function createReads<Fields extends object>(
  { name: collection, indexes }: { name: string; indexes: readonly AnyIndex[] },
  { db, table, sql, shape }: Omit<Parts<Fields>, 'db'> & { db: Reading },
): DocumentReads<Fields> {
  const present = ({ id, version, data }: Stored): Document<Fields> => ({
    ...shape.present(data),
    id,
    version,
  })
  const run = <Row extends object>({ text, values }: Statement) =>
    db.query<Row>(text, values, { name: nameOf(text) })
  const planned = (where: Where<Fields>, order: readonly string[] = []) =>
    planFind({ collection, indexes, where, order })

  async function find(query: Find<Fields> & { cursor?: undefined }): Promise<Page<Fields>>
  async function find(query: Find<Fields>): Promise<Page<Fields> | undefined>
  async function find({ where = {}, order, limit, cursor }: Find<Fields>): Promise<Page<Fields> | undefined> {
    if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
      throw new DocumentError(
        'limit-invalid',
        `A page of ${collection} has 1 to 1000 documents, not ${limit}`,
      )
    const plan = planned(where, order)
    const after = cursor === undefined ? undefined : readCursor(collection, plan, cursor)
    if (cursor !== undefined && !after) return undefined
    if (asksNothing(plan.asked.among)) return { items: [], nextCursor: null }
    const { rows } = await run<Stored & { keys: Place['keys'] }>(
      findStatement(table.name, plan, { limit: limit + 1, ...(after ? { after } : {}) }),
    )
    const shown = rows.slice(0, limit)
    const last = rows.length > limit ? shown.at(-1) : undefined
    return { items: shown.map(present), nextCursor: last ? writeCursor(collection, plan, last) : null }
  }

  return {
    find,
    async get(id) {
      if (!isId(id)) return undefined
      const { rows } = await db.query<Stored>(sql.get.text, [id], sql.get)
      return rows[0] && present(rows[0])
    },
    async getMany(ids) {
      const asked = [...new Set(ids)].filter(isId)
      if (asked.length === 0) return new Map()
      const { rows } = await db.query<Stored>(sql.getMany.text, [asked], sql.getMany)
      const found = new Map(rows.map((row) => [row.id, row]))
      return new Map(
        asked.flatMap((id) => {
          const row = found.get(id)
          return row ? [[id, present(row)] as const] : []
        }),
      )
    },
    async count(where) {
      const plan = planned(where)
      if (asksNothing(plan.asked.among)) return 0
      const { rows } = await run<{ count: number }>(countStatement(table.name, plan))
      return rows[0]?.count ?? 0
    },
  }
}

const asksNothing = (among: ReadonlyMap<string, readonly unknown[]>) =>
  [...among.values()].some((values) => values.length === 0)

const names = new Map<string, string>()

/** The same text has the same name, so that it is planned once a connection. */
function nameOf(text: string): string {
  const known = names.get(text)
  if (known) return known
  const name = `documents-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`
  names.set(text, name)
  return name
}
