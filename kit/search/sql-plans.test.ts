import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/index.ts'
import { readQuestion } from './fold.ts'
import { createGuesses } from './guess.ts'
import { createSqlSearch } from './index.ts'
import { listStatement } from './sql-list.ts'
import { tablesOf } from './sql-tables.ts'
import { type Statement, tiersStatement } from './sql-tiers.ts'
import { books } from './suite-shelves.ts'

let database: TestDatabase
const index = books
const tables = tablesOf(index)
const syllables = [
  'ba',
  'den',
  'gor',
  'hil',
  'kem',
  'lu',
  'mar',
  'nos',
  'pel',
  'qui',
  'ras',
  'ton',
  'vex',
  'wol',
  'zar',
]
/** The same made-up word for the same number. */
const word = (number: number) =>
  [number, Math.floor(number / 15), Math.floor(number / 225)].map((at) => syllables[at % 15]).join('')

beforeAll(async () => {
  database = await testDatabase({ schema: 'suite' })
  const store = await createSqlSearch({ db: database.db }).open(index)
  await store.put(
    Array.from({ length: 15_000 }, (_, at) => ({
      id: `b${at}`,
      version: 1,
      title: `${at % 3 ? 'The ' : ''}${word(at)} of ${word(at * 7)}`,
      writers: [`${word(at % 400)} ${word(at % 90)}`],
      topic: [word(at % 40)],
      shelf: word(at % 300),
      year: 1900 + (at % 120),
      sold: (at * 7919) % 10_007,
      location: { lat: ((at * 37) % 1800) / 10 - 90, lon: ((at * 53) % 3600) / 10 - 180 },
    })),
  )
  await store.markFilled()
})
afterAll(() => database.close())

type Node = { 'Node Type': string; 'Relation Name'?: string; Plans?: Node[] }

/** The tables that are read from end to end, by the plan for these values. */
const scanned = async ({ text, values }: Statement): Promise<string[]> =>
  readWhole(await database.db.query<Explained>(`explain (format json) ${text}`, values))

/** The same by the plan that is kept for whatever values come. */
async function scannedByKept({ text }: Statement): Promise<string[]> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    return readWhole(await client.query<Explained>(`explain (generic_plan, format json) ${text}`))
  } finally {
    await client.end()
  }
}

type Explained = { 'QUERY PLAN': [{ Plan: Node }] }

function readWhole({ rows }: { rows: Explained[] }): string[] {
  const walk = (node: Node): string[] => [
    ...(node['Node Type'] === 'Seq Scan' ? [node['Relation Name'] ?? ''] : []),
    ...(node.Plans ?? []).flatMap(walk),
  ]
  return rows.flatMap((row) => walk(row['QUERY PLAN'][0].Plan))
}

const asked = ['b', 'ba', 'bag', 'badenba', 'the badenba of', 'of', 'marmar', 'qui zar', 'the', 'a of the']

test.each(asked)('the words “%s” are looked up, in titles and in the rest', async (q) => {
  for (const filters of [undefined, { topic: word(3) }, { year: 1950 }]) {
    const parts = { index, tables, question: { ...readQuestion(q), filters } }
    expect(await scanned(tiersStatement(parts, [0, 1], { limit: 21 }))).toEqual([])
    expect(await scanned(tiersStatement(parts, [2, 3, 4], { limit: 21 }))).toEqual([])
  }
})

test.each<[string, Partial<Parameters<typeof listStatement>[0]>]>([
  ['everything', { by: 'boost' }],
  ['a later page', { by: 'boost', after: { keys: [500], id: 'b7' } }],
  ['a topic', { by: 'boost', filters: { topic: word(3) } }],
  ['a shelf', { by: 'boost', filters: { shelf: word(17) } }],
  ['a year', { by: 'newest', filters: { year: 1950 } }],
  ['the newest', { by: 'newest', after: { keys: [1999, 5], id: 'b7' } }],
  ['the newest with a word', { by: 'newest', words: ['badenba'] }],
  ['what is near', { by: 'near', near: { lat: 48, lon: 2, radiusKm: 100 } }],
])('the list of %s reads an index', async (_, wish) => {
  expect(await scanned(listStatement({ index, tables, by: 'boost', limit: 21, ...wish }))).toEqual([])
})

test.each(asked)('the words “%s” are looked up also by a plan that is kept', async (q) => {
  for (const filters of [undefined, { topic: word(3) }, { year: 1950, shelf: word(2), lent: false }]) {
    const parts = { index, tables, question: { ...readQuestion(q), filters }, show: ['year'] }
    expect(await scannedByKept(tiersStatement(parts, [0, 1], { limit: 21 }))).toEqual([])
    expect(await scannedByKept(tiersStatement(parts, [0, 1, 2, 3, 4], { limit: 21 }))).toEqual([])
  }
})

test('guesses look words up as well', async () => {
  const statements: Statement[] = []
  const db = {
    ...database.db,
    query: (text: string, values: unknown[] = []) => {
      statements.push({ text, values })
      return database.db.query(text, values)
    },
  } as typeof database.db
  for await (const { guesses, isRare } of createGuesses(tables)(db, ['bagdorba', 'badnegor'])) {
    const statement = listStatement({ index, tables, by: 'boost', guesses, limit: 21 })
    expect(await scanned(statement)).toEqual([])
    if (isRare) expect(await scannedByKept(statement)).toEqual([])
  }
  expect(statements.length).toBeGreaterThan(1)
  const own = `select w.word from ${tables.words} w where $1 <% w.word`
  for (const statement of [...statements, { text: own, values: ['badnegor'] }])
    expect(await scanned(statement)).toEqual([])
})
