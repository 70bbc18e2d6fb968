import { createHash } from 'node:crypto'
import { type Database, isRetryable } from '../sql/index.ts'
import { foldTitle, wordsOf } from './fold.ts'
import type { SearchIndex, Weight } from './search-index.ts'
import { type Tables, valueColumn, wordsColumn } from './sql-tables.ts'

type Given = { id: string; version: number; location?: { lat: number; lon: number } | null }
type Row = {
  doc: Record<string, unknown>
  titles: { place: number; folded: string; title: string }[]
  words: Set<string>
}

const atOnce = 500
const mostTries = 20
const mostTitles = 12
const mostWords = 5000

/** Writes documents into an index; what did not change is left alone. */
export function createPut(db: Database, index: SearchIndex, tables: Tables) {
  const { docs, titles, words, weights } = tables
  const values = Object.entries(index.values)
  const columns: [string, string][] = [
    ['version', 'bigint'],
    ['digest', 'text'],
    ['boost', 'float8'],
    ['titles', 'text[]'],
    ['lines', 'text'],
    ...weights.map((weight): [string, string] => [wordsColumn(weight), 'tsvector']),
    ...values.map(([name, type]): [string, string] => [
      valueColumn(name),
      type === 'keyword[]' ? 'text[]' : type === 'number' ? 'float8' : type === 'flag' ? 'boolean' : 'text',
    ]),
    ['lat', 'float8'],
    ['lon', 'float8'],
  ]
  const names = columns.map(([name]) => name)
  const putDocs = `insert into ${docs} as known (id, ${names.join(', ')})
    select id, ${names.join(', ')} from jsonb_to_recordset($1::jsonb)
      as given (id text, ${columns.map((column) => column.join(' ')).join(', ')}) order by id
    on conflict (id) do update set ${names.map((name) => `${name} = excluded.${name}`).join(', ')}
    where known.version < excluded.version or (known.version = excluded.version and known.digest <> excluded.digest)
    returning id`
  const dropTitles = `delete from ${titles} kept using unnest($1::text[], $2::int[]) as given (id, count)
    where kept.id = given.id and kept.place >= given.count`
  // Most changes leave the titles alone, and their many indexes with them.
  const putTitles = `insert into ${titles} as kept (id, place, folded, title, boost)
    select id, place, folded, title, boost from jsonb_to_recordset($1::jsonb)
      as given (id text, place int, folded text, title text, boost float8)
    on conflict (id, place) do update set folded = excluded.folded, title = excluded.title, boost = excluded.boost
    where (kept.folded, kept.title, kept.boost) is distinct from (excluded.folded, excluded.title, excluded.boost)`
  const putWords = `insert into ${words} (word) select given.word from unnest($1::text[]) as given (word)
    where not exists (select from ${words} known where known.word = given.word) order by 1 on conflict do nothing`

  const read = createReader(index, weights)

  async function putBatch(batch: readonly Row[]): Promise<void> {
    await db.transaction(async (tx) => {
      const { rows } = await tx.query<{ id: string }>(putDocs, [JSON.stringify(batch.map(({ doc }) => doc))])
      if (rows.length === 0) return
      const written = new Set(rows.map(({ id }) => id))
      const changed = batch.filter(({ doc }) => written.has(String(doc.id)))
      const given = changed.flatMap(({ doc, titles: some }) =>
        some.map((title) => ({ ...title, id: doc.id, boost: doc.boost })),
      )
      const used = new Set(changed.flatMap((row) => [...row.words]))
      await tx.query(dropTitles, [changed.map(({ doc }) => doc.id), changed.map((row) => row.titles.length)])
      await tx.query(putTitles, [JSON.stringify(given)])
      tx.atCommit(putWords, [[...used].toSorted()])
    })
  }

  return async (documents: readonly Given[]): Promise<void> => {
    for (let start = 0; start < documents.length; start += atOnce) {
      // Of two with one id the later one counts.
      const rows = new Map(documents.slice(start, start + atOnce).map((given) => [given.id, read(given)]))
      for (let tries = 1; ; tries++) {
        try {
          await putBatch([...rows.values()])
          break
        } catch (error) {
          // Two batches may meet the same rows or words in different orders: one of them gives way.
          if (!isRetryable(error) || tries === mostTries) throw error
        }
      }
    }
  }
}

function createReader(index: SearchIndex, weights: readonly Weight[]) {
  const article = index.articles?.length
    ? new RegExp(`^(${index.articles.map(foldTitle).join('|')}) (?=.)`)
    : undefined

  return (given: Given): Row => {
    const fields = given as unknown as Record<string, unknown>
    const titles = index.titles.flatMap((field) => textsOf(fields[field])).slice(0, mostTitles)
    const lines = new Map<string, string>()
    for (const title of titles) {
      const folded = foldTitle(title)
      if (folded === '') continue
      if (!lines.has(folded)) lines.set(folded, title)
      const bare = article ? folded.replace(article, '') : folded
      if (!lines.has(bare)) lines.set(bare, title)
    }
    const words = new Set<string>()
    const vectors = weights.map((weight) => {
      for (const [field, of] of Object.entries(index.fields))
        if (of === weight)
          for (const text of textsOf(fields[field])) for (const word of wordsOf(text)) words.add(word)
      return [wordsColumn(weight), vectorOf(words)] as const
    })
    const values = Object.keys(index.values).map((name) => [`v_${name}`, clean(fields[name])] as const)
    const boost = index.boost === undefined ? 0 : Number(fields[index.boost] ?? 0)
    const doc: Record<string, unknown> = {
      boost,
      titles,
      lines: [...lines.keys()].map((line) => `\n${line}`).join(''),
      ...Object.fromEntries([...vectors, ...values]),
      lat: given.location?.lat ?? null,
      lon: given.location?.lon ?? null,
    }
    const digest = createHash('sha256').update(JSON.stringify(doc)).digest('base64url').slice(0, 16)
    return {
      doc: { ...doc, id: given.id, version: given.version, digest },
      titles: [...lines].map(([folded, title], place) => ({ place, folded, title })),
      words,
    }
  }
}

/** A tsvector as text: no parser but our own folding decides what a word is. */
const vectorOf = (words: ReadonlySet<string>) =>
  [...words]
    .slice(0, mostWords)
    .map((word) => `'${word}'`)
    .join(' ')

const cleanText = (text: string) => text.replaceAll('\0', '').toWellFormed()

function textsOf(value: unknown): string[] {
  const texts = Array.isArray(value) ? value : [value]
  return texts.filter((one): one is string => typeof one === 'string').map(cleanText)
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  return Array.isArray(value) ? value.map(clean) : (value ?? null)
}
