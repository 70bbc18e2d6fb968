import { createHash } from 'node:crypto'
import { escapeIdentifier, escapeLiteral } from 'pg'
import type { Database, Queryable, Transaction } from '../sql/index.ts'
import { type AnyIndex, readIndexField, type Scalar } from './collection.ts'

/** A collection's table and the names its indexes got. */
export type Table = { name: string; indexNamed: (sqlName: string) => string | undefined }

/** The table of a collection, quoted. */
export const tableName = (collection: string) => `documents_${collection.replaceAll('-', '_')}`

/** A field as indexes and questions see it: never SQL's null, so that every value has its place in an order. */
export const fieldOf = (field: string) => `coalesce(data -> ${escapeLiteral(field)}, 'null'::jsonb)`
export const membersOf = (field: string) => `(data -> ${escapeLiteral(field)})`
export const literal = (value: Scalar) => `${escapeLiteral(JSON.stringify(value))}::jsonb`

/** Creates the table and its indexes where they are missing, and drops indexes that are declared no more. */
export async function ensureTable(
  db: Database,
  { name, indexes }: { name: string; indexes: readonly AnyIndex[] },
): Promise<Table> {
  const table = tableName(name)
  const wanted = new Map(
    indexes.map((index) => {
      const text = indexText(index)
      return [sqlIndexName(table, index.name, text), { name: index.name, text }]
    }),
  )
  if (!isAsWanted(await readIndexes(db, table), wanted))
    await db.transaction((tx) => build(tx, table, wanted))
  return { name: table, indexNamed: (sqlName) => wanted.get(sqlName)?.name }
}

type Wanted = ReadonlyMap<string, { name: string; text: string }>

async function build(tx: Transaction, table: string, wanted: Wanted): Promise<void> {
  // Two instances that start together: the second waits, then finds nothing to do.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${table} of documents`])
  await tx.query("select set_config('statement_timeout', '0', true)")
  await tx.query(`create table if not exists ${table} (
    id text collate "C" primary key,
    version bigint not null,
    data jsonb,
    applied text[] not null default '{}',
    told bigint
  )`)
  const present = await readIndexes(tx, table)
  for (const [sqlName, { text }] of wanted)
    if (!present?.includes(sqlName)) await tx.query(createText(table, sqlName, text))
  await tx.query(`create index if not exists ${table}_deleted on ${table} (told) where data is null`)
  for (const sqlName of present ?? [])
    if (!wanted.has(sqlName)) await tx.query(`drop index ${escapeIdentifier(sqlName)}`)
}

/** Undefined when there is no table yet. */
async function readIndexes(db: Queryable, table: string): Promise<string[] | undefined> {
  const { rows } = await db.query<{ names: string[] | null }>(
    `select case when to_regclass($1) is not null then array(
       select c.relname::text from pg_index i join pg_class c on c.oid = i.indexrelid
       where i.indrelid = to_regclass($1) and not i.indisprimary and c.relname <> $2) end as names`,
    [table, `${table}_deleted`],
  )
  return rows[0]?.names ?? undefined
}

function isAsWanted(present: string[] | undefined, wanted: Wanted): boolean {
  return present !== undefined && present.length === wanted.size && present.every((name) => wanted.has(name))
}

function indexText(index: AnyIndex): string {
  const fields = index.fields.map((field) => readIndexField(field))
  const [first] = fields
  const presumed = Object.entries(index.where ?? {}) as [string, Scalar][]
  const where = [
    'data is not null',
    ...presumed.map(([field, value]) => `${fieldOf(field)} = ${literal(value)}`),
  ]
  if (first?.array) return `gin (${membersOf(first.field)} jsonb_path_ops) where ${where.join(' and ')}`
  const columns = fields.map(({ field, down }) => `(${fieldOf(field)})${down ? ' desc' : ''}`)
  // The id settles the order of equal values, so that pages need no sorting.
  if (!index.unique) columns.push(`id${fields.at(-1)?.down ? ' desc' : ''}`)
  return `${index.unique ? 'unique ' : ''}btree (${columns.join(', ')}) where ${where.join(' and ')}`
}

function createText(table: string, sqlName: string, text: string): string {
  const unique = text.startsWith('unique ')
  return `create ${unique ? 'unique ' : ''}index ${escapeIdentifier(sqlName)} on ${table} using ${text.replace('unique ', '')}`
}

function sqlIndexName(table: string, name: string, text: string): string {
  const mark = createHash('sha256').update(text).digest('hex').slice(0, 8)
  return `${`${table}_${name.replaceAll('-', '_')}`.slice(0, 54)}_${mark}`
}
