import { createHash } from 'node:crypto'
import type { Database, Transaction } from '../sql/index.ts'
import type { SearchIndex, ValueType, Weight } from './search-index.ts'

const sqlType: Record<ValueType, string> = {
  keyword: 'text collate "C"',
  'keyword[]': 'text[]',
  number: 'double precision',
  flag: 'boolean',
}

/** What an adapter in PostgreSQL calls an index's tables and columns. */
export type Tables = {
  docs: string
  titles: string
  words: string
  similar: string
  /** The weights that are used, the heaviest first; each has a column of the words found up to it. */
  weights: Weight[]
  mark: string
}

// A table that was made by an earlier way of folding or storing is made again.
const layout = 2

export function tablesOf(index: SearchIndex): Tables {
  const { kind: _, name, ...declared } = index
  const mark = createHash('sha256')
    .update(JSON.stringify([layout, declared]))
    .digest('hex')
    .slice(0, 8)
  const base = `search_${name.replaceAll('-', '_')}_${mark}`
  const used = new Set(Object.values(index.fields))
  return {
    docs: base,
    titles: `${base}_titles`,
    words: `${base}_words`,
    similar: `${base}_similar`,
    weights: (['A', 'B', 'C'] as const).filter((weight) => used.has(weight)),
    mark,
  }
}

export const valueColumn = (name: string) => `"v_${name}"`
export const wordsColumn = (weight: Weight) => `words_${weight.toLowerCase()}`

// Lower than anything real: what has no value still has its place in an order.
const lowest = "'-1e308'::float8"
export const sortExpression = (index: SearchIndex, name: string) =>
  index.values[name] === 'number'
    ? `coalesce(${valueColumn(name)}, ${lowest})`
    : `coalesce(${valueColumn(name)}, '')`

/** Keys of an order, and whether they go down. */
export function readSort(index: SearchIndex, sort: string): { name: string; down: boolean }[] {
  const keys = index.sorts[sort] ?? []
  return keys.map((key) => ({ name: key.replace(/^-/, ''), down: key.startsWith('-') }))
}

/** Creates an index's tables unless they are there. */
export async function ensureTables(db: Database, index: SearchIndex, tables: Tables): Promise<void> {
  const { rows } = await db.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
    tables.docs,
  ])
  if (rows[0]?.there) return
  await db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`search ${index.name}`])
    await create(tx, index, tables)
  })
}

/** Short beginnings have indexes of their own, in the order of the boost: what begins so is never sorted. */
export const shortBeginnings = [1, 2, 3, 4]

async function create(tx: Transaction, index: SearchIndex, tables: Tables): Promise<void> {
  const { docs, titles, words, similar, weights } = tables
  const values = Object.entries(index.values)
  const columns = [
    'id text collate "C" primary key',
    'version bigint not null',
    'digest text not null',
    'boost double precision not null',
    // What it is called as shown, and folded with a line each, to see whether one begins so.
    'titles text[] not null',
    'lines text not null',
    ...weights.map((weight) => `${wordsColumn(weight)} tsvector not null`),
    ...values.map(([name, type]) => `${valueColumn(name)} ${sqlType[type]}`),
    'lat double precision, lon double precision',
  ]
  // Without fastupdate: a list of what is not yet indexed would be read by every search.
  const made = [
    // Brings the library in, without which its setting below would be a stranger's.
    `select similarity('', '')`,
    `create table if not exists search_indexes (name text primary key, filled text not null)`,
    `create table if not exists ${docs} (${columns.join(', ')})`,
    `create index if not exists ${docs}_boost on ${docs} (boost, id)`,
    ...weights.map(
      (weight) =>
        `create index if not exists ${docs}_${weight} on ${docs} using gin (${wordsColumn(weight)}) with (fastupdate = off)`,
    ),
    ...values.map(([name, type], at) =>
      type === 'keyword[]'
        ? `create index if not exists ${docs}_v${at} on ${docs} using gin (${valueColumn(name)}) with (fastupdate = off)`
        : `create index if not exists ${docs}_v${at} on ${docs} (${valueColumn(name)}, boost, id)`,
    ),
    ...Object.keys(index.sorts).map((sort, at) => {
      const keys = readSort(index, sort)
      const first = keys[0]?.down
      const written = keys.map(
        ({ name, down }) => `(${sortExpression(index, name)})${down === first ? '' : ' desc'}`,
      )
      return `create index if not exists ${docs}_s${at} on ${docs} (${[...written, 'id'].join(', ')})`
    }),
    ...(index.located
      ? [`create index if not exists ${docs}_place on ${docs} (lat, lon) where lat is not null`]
      : []),
    `create table if not exists ${titles} (
       id text collate "C" not null, place int not null, folded text collate "C" not null, title text not null,
       boost double precision not null, primary key (id, place))`,
    `create index if not exists ${titles}_folded on ${titles} (folded, boost, id)`,
    `create index if not exists ${titles}_joined on ${titles} (replace(folded, ' ', ''))`,
    ...shortBeginnings.map(
      (length) =>
        `create index if not exists ${titles}_b${length} on ${titles} (left(folded, ${length}), boost, id)`,
    ),
    `create table if not exists ${words} (word text collate "C" primary key)`,
    `create index if not exists ${words}_trigrams on ${words} using gin (word gin_trgm_ops) with (fastupdate = off)`,
    // About one error in five letters; which of these are near enough is measured afterwards.
    `create or replace function ${similar}(asked text) returns table (word text)
     language sql stable set pg_trgm.word_similarity_threshold = 0.4
     as $$ select w.word from ${words} w where asked <% w.word
       order by word_similarity(asked, w.word) desc, abs(length(w.word) - length(asked)), w.word limit 25 $$`,
  ]
  for (const text of made) await tx.query(text)
}

/** Drops what was kept for other declarations of the index. */
export async function dropOthers(tx: Transaction, index: SearchIndex, tables: Tables): Promise<void> {
  const base = `search_${index.name.replaceAll('-', '_')}_`
  const { rows } = await tx.query<{ kind: string; name: string }>(
    `select 'table' as kind, tablename::text as name from pg_tables
       where schemaname = current_schema() and tablename ~ ('^' || $1 || '[0-9a-f]{8}(_titles|_words)?$')
     union all select 'function', proname::text from pg_proc
       where pronamespace = current_schema()::regnamespace and proname ~ ('^' || $1 || '[0-9a-f]{8}_similar$')`,
    [base],
  )
  for (const { kind, name } of rows)
    if (!name.startsWith(`${base}${tables.mark}`)) await tx.query(`drop ${kind} ${name}`)
}
