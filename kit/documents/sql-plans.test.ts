import { afterAll, beforeAll, expect, test } from 'vitest'
import { createOutbox, eventsMigrations } from '../events/index.ts'
import { type TestDatabase, testDatabase } from '../testing/index.ts'
import type { Place } from './cursor.ts'
import { createSqlDocuments } from './index.ts'
import { planFind } from './plan-find.ts'
import { countStatement, findStatement, type Statement } from './sql-find.ts'
import { tableName } from './sql-table.ts'
import { note, notes } from './suite/notes.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase({ schema: 'suite', also: [{ name: 'events', from: eventsMigrations }] })
  const documents = createSqlDocuments({ db: database.db, outbox: createOutbox({ onPublished: () => {} }) })
  const store = await documents.open(notes)
  const days = (index: number) => `2026-01-${String(1 + (index % 28)).padStart(2, '0')}`
  await store.bulkPut(
    Array.from({ length: 20_000 }, (_, index) =>
      note(`n${index}`, {
        topic: `topic ${index % 40}`,
        likes: index % 50,
        stars: index % 11,
        tags: [`tag ${index % 200}`, 'all'],
        hidden: index % 20 === 0,
        at: days(index),
      }),
    ),
  )
  await database.db.query(`analyze ${tableName(notes.name)}`)
})
afterAll(() => database.close())

type Node = { 'Node Type': string; 'Actual Rows': number; 'Actual Loops': number; Plans?: Node[] }

async function explain({ text, values }: Statement) {
  const { rows } = await database.db.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
    `explain (analyze, format json, timing off) ${text}`,
    values,
  )
  const nodes: Node[] = []
  const walk = (node: Node) => {
    nodes.push(node)
    for (const child of node.Plans ?? []) walk(child)
  }
  const plan = rows[0]?.['QUERY PLAN'][0].Plan
  if (plan) walk(plan)
  return {
    kinds: nodes.map((node) => node['Node Type']),
    most: Math.max(...nodes.map((node) => node['Actual Rows'] * node['Actual Loops'])),
  }
}

const questions: [string, object, string[], Place | undefined][] = [
  ['one topic by time', { topic: 'topic 7' }, ['-at'], undefined],
  ['its next page', { topic: 'topic 7' }, ['-at'], { keys: ['2026-01-12'], id: 'n5' }],
  ['the best of a topic', { topic: 'topic 7', hidden: false }, ['-likes', 'at'], undefined],
  [
    'the next best, orders mixed',
    { topic: 'topic 7', hidden: false },
    ['-likes', 'at'],
    { keys: [20, '2026-01-12'], id: 'n5' },
  ],
  ['several topics by time', { topic: { in: ['topic 7', 'topic 8', 'topic 9'] } }, ['-at'], undefined],
  ['a topic within days', { topic: 'topic 7', at: { gte: '2026-01-05', lt: '2026-01-09' } }, [], undefined],
  ['most stars', {}, ['-stars'], undefined],
  ['one author of a topic', { author: 'author of n7', topic: 'topic 7' }, [], undefined],
  ['everything by id', {}, [], { keys: [], id: 'n5' }],
]

test.each(questions)(
  '%s is read from an index, in order, and no further than the page',
  async (_, where, order, after) => {
    const plan = planFind({ collection: notes.name, indexes: notes.indexes, where, order })
    const { kinds, most } = await explain(
      findStatement(tableName(notes.name), plan, { limit: 21, ...(after ? { after } : {}) }),
    )
    expect(kinds).not.toContain('Seq Scan')
    expect(kinds).not.toContain('Bitmap Heap Scan')
    expect(most).toBeLessThanOrEqual(63)
  },
)

test('members of an array are found by their index', async () => {
  const plan = planFind({
    collection: notes.name,
    indexes: notes.indexes,
    where: { tags: { contains: 'tag 7' } },
    order: ['-at'],
  })
  const { kinds, most } = await explain(findStatement(tableName(notes.name), plan, { limit: 21 }))
  expect(kinds).toContain('Bitmap Index Scan')
  expect(most).toBe(100)
})

test('counting reads an index', async () => {
  const plan = planFind({
    collection: notes.name,
    indexes: notes.indexes,
    where: { topic: { in: ['topic 7', 'topic 8'] } },
    order: [],
  })
  const { kinds } = await explain(countStatement(tableName(notes.name), plan))
  expect(kinds).not.toContain('Seq Scan')
})

test('what an index leaves out is seen in the text, so that a plan for any value uses it too', async () => {
  const plan = planFind({
    collection: notes.name,
    indexes: notes.indexes,
    where: { topic: 'topic 7', hidden: false },
    order: ['-likes', 'at'],
  })
  const { text } = findStatement(tableName(notes.name), plan, { limit: 21 })
  const { rows } = await database.db.query<{ 'QUERY PLAN': string }>(`explain (generic_plan) ${text}`)
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('suite_notes_best')
})
