import type { AnyIndex } from './collection.ts'
import type { Document, DocumentStore, Upserted, WithEvents } from './documents.ts'
import { createBulkPut } from './sql-bulk.ts'
import { createChanges, isSame, type Parts, type Row } from './sql-changes.ts'
import { createReads } from './sql-reads.ts'
import { isId } from './stored-json.ts'

const missing = { ok: false, code: 'missing' } as const

/** The store of one collection in PostgreSQL. */
export function createSqlStore<Fields extends object>(
  collection: { name: string; indexes: readonly AnyIndex[] },
  parts: Parts<Fields>,
): DocumentStore<Fields> {
  const { shape } = parts
  const change = createChanges(parts)

  async function upsert(
    id: string,
    next: (document: Document<Fields> | undefined) => Fields | undefined,
    options: WithEvents<Fields> & { cause?: string },
  ): Promise<Upserted<Fields>> {
    mustBeId(id)
    const outcome = await change<Document<Fields> | undefined>({
      ...options,
      id,
      decide(row) {
        const before = documentOf(id, row)
        if (row.applied) return { do: 'nothing', result: before }
        const fields = accepted(next(before))
        if (fields && !isSame(fields, row.fields ?? {})) return { do: 'write', fields }
        return options.cause === undefined ? { do: 'nothing', result: before } : { do: 'remember' }
      },
    })
    if (outcome.is === 'taken') return taken(outcome.index)
    if (outcome.is === 'decided') return { ok: true, document: outcome.result, changed: false }
    return { ok: true, document: outcome.document, changed: outcome.is === 'written' }
  }

  const accepted = (fields: Fields | undefined) => fields && shape.accept(fields)

  return {
    name: collection.name,
    ...createReads(collection, parts),
    from: (reading) => createReads(collection, { ...parts, db: reading }),
    bulkPut: createBulkPut(parts),

    async insert({ id, ...given }, options = {}) {
      mustBeId(id)
      const fields = shape.accept(given)
      const outcome = await change<'exists'>({
        ...options,
        id,
        fresh: true,
        decide: (row) => (row.fields ? { do: 'nothing', result: 'exists' } : { do: 'write', fields }),
      })
      if (outcome.is === 'taken') return taken(outcome.index)
      return outcome.is === 'written'
        ? { ok: true, document: outcome.document }
        : { ok: false, code: 'exists' }
    },

    async update(id, next, { ifVersion, ...options } = {}) {
      if (!isId(id)) return missing
      const outcome = await change<Document<Fields> | undefined>({
        ...options,
        id,
        decide(row) {
          const before = documentOf(id, row)
          if (!before || (ifVersion ?? row.version) !== row.version) return { do: 'nothing', result: before }
          const fields = accepted(next(before))
          if (!fields || isSame(fields, row.fields ?? {})) return { do: 'nothing', result: before }
          return { do: 'write', fields }
        },
      })
      if (outcome.is === 'taken') return taken(outcome.index)
      if (outcome.is === 'written') return { ok: true, document: outcome.document, changed: true }
      return judge(outcome.is === 'decided' ? outcome.result : undefined, ifVersion)
    },

    upsert: (id, next, options = {}) => upsert(id, next, options),
    apply: ({ event, group }, id, next, options = {}) =>
      upsert(id, next, { ...options, cause: `${group} ${event}` }),

    async add(id, amounts, { events } = {}) {
      if (!isId(id)) return missing
      const wanted = Object.entries(amounts).filter(
        (one): one is [string, number] => typeof one[1] === 'number',
      )
      const plus = (document: Document<Fields>) =>
        Object.assign(
          { ...document },
          Object.fromEntries(wanted.map(([field, amount]) => [field, numberIn(document, field) + amount])),
        )
      const outcome = await change<undefined>({
        ...(events ? { events } : {}),
        id,
        decide(row) {
          const before = documentOf(id, row)
          return before
            ? { do: 'write', fields: shape.accept(plus(before)) }
            : { do: 'nothing', result: undefined }
        },
      })
      return outcome.is === 'written' ? { ok: true, document: outcome.document } : missing
    },

    async delete(id, { ifVersion, ...options } = {}) {
      if (!isId(id)) return missing
      const outcome = await change<Document<Fields> | undefined>({
        ...options,
        id,
        decide(row) {
          const before = documentOf(id, row)
          if (!before || (ifVersion ?? row.version) !== row.version) return { do: 'nothing', result: before }
          return { do: 'delete' }
        },
      })
      if (outcome.is === 'deleted') return { ok: true, document: outcome.document }
      const before = outcome.is === 'decided' ? outcome.result : undefined
      return before ? { ok: false, code: 'version-differs', document: before } : missing
    },
  }
}

const taken = (index: string) => ({ ok: false, code: 'taken', index }) as const

function judge<Fields extends object>(document: Document<Fields> | undefined, ifVersion: number | undefined) {
  if (!document) return missing
  if (ifVersion !== undefined && ifVersion !== document.version)
    return { ok: false, code: 'version-differs', document } as const
  return { ok: true, document, changed: false } as const
}

function documentOf<Fields extends object>(
  id: string,
  { version, fields }: Row<Fields>,
): Document<Fields> | undefined {
  return fields && { ...fields, id, version }
}

function numberIn(document: object, field: string): number {
  const value: unknown = Reflect.get(document, field)
  return typeof value === 'number' ? value : 0
}

function mustBeId(id: string): void {
  if (!isId(id)) throw new Error('A document needs an id of 1 to 400 characters')
}
