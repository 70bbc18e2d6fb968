import type { Queryable, QueryOptions, Rows } from './database.ts'

/**
 * What only reads. It has no transaction and takes questions only, so that nothing that writes can be handed one;
 * a {@link Queryable} can be read from as well.
 */
export type Reading = {
  query<Row extends object = Record<string, unknown>>(
    text: Question,
    values?: readonly unknown[],
    options?: QueryOptions,
  ): Promise<Rows<Row>>
}
export type Question = `select${string}` | `with${string}`
