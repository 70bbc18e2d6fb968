import type { Database } from '../sql/index.ts'
import type { Search, SearchStore } from './search.ts'
import type { SearchIndex } from './search-index.ts'
import { createFinder } from './sql-finder.ts'
import { createPut } from './sql-put.ts'
import { dropOthers, ensureTables, tablesOf } from './sql-tables.ts'

/** Search in the service's own schema, with PostgreSQL's text search and trigrams. */
export function createSqlSearch({ db }: { db: Database }): Search {
  return {
    async open<Index extends SearchIndex>(index: Index): Promise<SearchStore<Index>> {
      const tables = tablesOf(index)
      await ensureTables(db, index, tables)
      const put = createPut(db, index, tables)
      return {
        ...createFinder(db, index, tables),
        put: (documents) => put(documents),
        async remove(ids) {
          await db.transaction(async (tx) => {
            await tx.query(`delete from ${tables.titles} where id = any($1::text[])`, [ids])
            await tx.query(`delete from ${tables.docs} where id = any($1::text[])`, [ids])
          })
        },
        async isFilled() {
          const { rows } = await db.query<{ filled: string }>(
            'select filled from search_indexes where name = $1',
            [index.name],
          )
          return rows[0]?.filled === tables.mark
        },
        async markFilled() {
          await db.transaction(async (tx) => {
            await tx.query(
              `insert into search_indexes (name, filled) values ($1, $2)
               on conflict (name) do update set filled = excluded.filled`,
              [index.name, tables.mark],
            )
            await dropOthers(tx, index, tables)
          })
          // Plans depend on how often words occur; what was just filled is not yet known.
          for (const table of [tables.docs, tables.titles, tables.words]) await db.query(`analyze ${table}`)
        },
      }
    },
  }
}
