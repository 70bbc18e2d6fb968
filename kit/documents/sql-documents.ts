import { every, type Job, type Outbox } from '../events/index.ts'
import type { Database } from '../sql/index.ts'
import type { Documents } from './documents.ts'
import { createSqlStore } from './sql-store.ts'
import { ensureTable, tableName } from './sql-table.ts'
import { sqlWrites } from './sql-writes.ts'
import { toStored } from './stored-json.ts'

export type SqlDocuments = Documents & {
  /** To be run with the service's own jobs. */
  jobs: readonly Job[]
}

/** Documents as jsonb in the service's own schema; their events go into its outbox. */
export function createSqlDocuments({ db, outbox }: { db: Database; outbox: Outbox }): SqlDocuments {
  const opened = new Set<string>()

  return {
    async open({ name, schema, indexes, remembers = 100 }) {
      const table = await ensureTable(db, { name, indexes })
      opened.add(name)
      const shape = {
        accept: (fields: object) => schema.parse(JSON.parse(toStored(schema.parse(fields)))),
        // What was stored under an older schema is given as it is rather than not at all.
        present: (data: unknown) => schema.safeParse(data).data ?? (data as never),
      }
      return createSqlStore(
        { name, indexes },
        { db, outbox, table, sql: sqlWrites(table.name), shape, remembers },
      )
    },
    jobs: [
      every('forget-deleted-documents', { milliseconds: 60_000 }, async () => {
        for (const name of opened) await db.query(sqlWrites(tableName(name)).sweep)
      }),
    ],
  }
}
