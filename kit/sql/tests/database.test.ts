import { afterAll, beforeAll, expect, test } from 'vitest'
import { advanceClock, type TestDatabase, testDatabase } from '../../testing/index.ts'
import { assertOutsideTransaction, openDatabase, type Queryable, uniqueViolation } from '../index.ts'

let test_: TestDatabase
beforeAll(async () => {
  test_ = await testDatabase({ schema: 'house', migrations: new URL('migrations/', import.meta.url) })
})
afterAll(() => test_.close())

test('gives instants as Temporal, whole numbers as numbers, dates as text and jsonb as it was', async () => {
  const { db } = test_
  const at = Temporal.Instant.from('2026-11-21T18:30:00.123456Z')
  await db.query('insert into seats values (1, $1, $2, $3, $4, $5)', [
    'A1',
    1_250,
    { sofa: true },
    at,
    '2026-11-21',
  ])
  const { rows } = await db.query('select * from seats where id = 1', [], { name: 'seat-by-id' })
  expect(rows).toEqual([
    { id: 1, label: 'A1', price: 1_250, facts: { sofa: true }, free_from: at, day: '2026-11-21' },
  ])
  const arrays = await db.query('select $1::timestamptz[] as at, array[1, null, 2]::int8[] as ids', [[at]])
  expect(arrays.rows).toEqual([{ at: [at], ids: [1, null, 2] }])
})

test('refuses a whole number that a JavaScript number cannot hold', async () => {
  await expect(test_.db.query("select '9007199254740993'::int8")).rejects.toThrow(/exactly/)
})

test('builds queries with Kysely on the database and on a transaction alike', async () => {
  const { db } = test_
  type Tables = { seats: { id: number; label: string } }
  const changed = await db.transaction(async (tx) => {
    await tx.kysely<Tables>().insertInto('seats').values({ id: 20, label: 'K1' }).execute()
    return await tx
      .kysely<Tables>()
      .updateTable('seats')
      .set({ label: 'K2' })
      .where('id', '=', 20)
      .executeTakeFirst()
  })
  expect(changed.numUpdatedRows).toBe(1n)
  expect(
    await db.kysely<Tables>().selectFrom('seats').select('label').where('id', '=', 20).execute(),
  ).toEqual([{ label: 'K2' }])
})

test('keeps nothing of a transaction that threw', async () => {
  const { db } = test_
  const failed = db.transaction(async (tx) => {
    await tx.query("insert into seats (id, label) values (2, 'A2')")
    throw new Error('the projector broke')
  })
  await expect(failed).rejects.toThrow('the projector broke')
  expect((await db.query('select 1 from seats where id = 2')).rows).toEqual([])
})

test('runs what was left for after the commit, and never takes a commit back for it', async () => {
  const { db } = test_
  const seen: string[] = []
  const rolledBack = db.transaction(async (tx) => {
    tx.afterCommit(() => seen.push('rolled back'))
    throw new Error('the projector broke')
  })
  await expect(rolledBack).rejects.toThrow('the projector broke')
  await db.transaction(async (tx) => {
    tx.afterCommit(() => {
      throw new Error('nobody listens')
    })
    tx.afterCommit(() => seen.push('committed'))
    await tx.query("insert into seats (id, label) values (30, 'C1')")
  })
  expect(seen).toEqual(['committed'])
})

test('writes what was left for the commit with it, or nothing at all when that fails', async () => {
  const { db } = test_
  const seen: string[] = []
  await db.transaction(async (tx) => {
    tx.atCommit("insert into seats (id, label) values ($1, 'D1')", [40])
    await tx.query("insert into seats (id, label) values (41, 'D2')")
  })
  expect((await db.query('select id from seats where id in (40, 41)')).rows).toHaveLength(2)
  const refused = db.transaction(async (tx) => {
    tx.afterCommit(() => seen.push('committed'))
    await tx.query("insert into seats (id, label) values (42, 'D3')")
    tx.atCommit("insert into seats (id, label) values (43, 'D1')")
  })
  expect(uniqueViolation(await refused.catch((reason: unknown) => reason))).toBe('seats_label_key')
  expect((await db.query('select 1 from seats where id in (42, 43)')).rows).toEqual([])
  expect(seen).toEqual([])
})

test('names the unique key that refused a row', async () => {
  const { db } = test_
  await db.query("insert into seats (id, label) values (3, 'A3')")
  const error = await db
    .query("insert into seats (id, label) values (4, 'A3')")
    .catch((reason: unknown) => reason)
  expect(uniqueViolation(error)).toBe('seats_label_key')
})

test('does not pretend that a transaction with a swallowed failure was written', async () => {
  const { db } = test_
  const swallowed = db.transaction(async (tx) => {
    await tx.query("insert into seats (id, label) values (5, 'A5')")
    await tx.query('select 1 / 0').catch(() => {})
  })
  await expect(swallowed).rejects.toMatchObject({ code: 'transaction-aborted' })
  expect((await db.query('select 1 from seats where id = 5')).rows).toEqual([])
})

test('lets only tx touch the database inside a transaction', async () => {
  const { db } = test_
  const inside = { code: 'inside-transaction' }
  await expect(db.transaction(() => db.query('select 1'))).rejects.toMatchObject(inside)
  await expect(db.transaction(() => db.transaction(async () => 1))).rejects.toMatchObject(inside)
  await expect(db.transaction(async () => assertOutsideTransaction('a call'))).rejects.toMatchObject(inside)
  let later: Promise<unknown> = Promise.resolve()
  const end = Promise.withResolvers<void>()
  await db.transaction(async () => {
    later = end.promise.then(() => db.query('select 1'))
  })
  end.resolve()
  await expect(later).resolves.toMatchObject({ rowCount: 1 })
})

test('says that the outcome is unknown when the connection breaks during COMMIT', async () => {
  const { db, admin } = test_
  // The commit waits for this constraint trigger, so that it can be cut off while it is under way.
  await db.query(`create function wait() returns trigger language plpgsql as $$
    begin perform pg_advisory_xact_lock(4711); return null; end $$`)
  await db.query(`create table slow (id int)`)
  await db.query(`create constraint trigger slow after insert on slow deferrable initially deferred
    for each row execute function wait()`)
  const locked = Promise.withResolvers<void>()
  const free = Promise.withResolvers<void>()
  const holder = admin.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock(4711)')
    locked.resolve()
    await free.promise
  })
  await locked.promise
  const outcome = db
    .transaction((tx) => tx.query('insert into slow values (1)'))
    .catch((reason: unknown) => reason)
  await cutOffWaitingCommit()
  expect(await outcome).toMatchObject({ code: 'commit-unknown' })
  free.resolve()
  await holder
  expect((await db.query('select 1 as alive')).rows).toEqual([{ alive: 1 }])

  async function cutOffWaitingCommit() {
    for (;;) {
      const { rowCount } = await admin.query(
        "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and not granted",
      )
      if (rowCount > 0) return
    }
  }
})

test('keeps to one connection for statements that belong together, each committed by itself', async () => {
  const { db } = test_
  const pidOf = async (one: Queryable) =>
    (await one.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid
  const work = async (one: Queryable) => {
    const first = await pidOf(one)
    await expect(db.query('select 1')).rejects.toMatchObject({ code: 'inside-transaction' })
    return [first, await pidOf(one)]
  }
  for (const [first, second] of await Promise.all([1, 2, 3].map(() => db.together(work))))
    expect(second).toBe(first)

  const failing = db.together(async (one) => {
    await one.query("insert into seats (id, label) values (6, 'A6')")
    await one.kysely<{ nowhere: { id: number } }>().selectFrom('nowhere').selectAll().execute()
  })
  await expect(failing).rejects.toMatchObject({ code: '42P01' })
  expect((await db.query('select id from seats where id = 6')).rows).toEqual([{ id: 6 }])
  const kept = await db.together(async (one) => one)
  await expect(kept.query('select 1')).rejects.toThrow('ended')
})

test('gives a connection back that broke while statements belonged together', async () => {
  const { db, admin } = test_
  const asked = Promise.withResolvers<number | undefined>()
  const ended = Promise.withResolvers<void>()
  const broken = db.together(async (one) => {
    const { rows } = await one.query<{ pid: number }>('select pg_backend_pid() as pid')
    asked.resolve(rows[0]?.pid)
    await ended.promise
    return one.query('select 1')
  })
  await admin.query('select pg_terminate_backend($1, 5000)', [await asked.promise])
  ended.resolve()
  await expect(broken).rejects.toMatchObject({ code: 'connection-lost' })
  const before = db.stats()
  expect(before.open).toBe(before.idle)
  expect(await db.together((one) => one.query('select 1 as alive'))).toMatchObject({ rowCount: 1 })
})

test('survives connections that break, at work and at rest', async () => {
  const { db, admin } = test_
  const asleep = db.query('select pg_sleep(60) as cut_off').catch((reason: unknown) => reason)
  const inside = db
    .transaction((tx) => tx.query('select pg_sleep(60) as cut_off'))
    .catch((reason: unknown) => reason)
  // One that was told to end may still be seen for a moment: it counts once.
  for (const ended = new Set<number>(); ended.size < 2; ) {
    const { rows } = await admin.query<{ pid: number }>(
      `select pid, pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and state = 'active' and query like '%as cut_off'`,
    )
    for (const { pid } of rows) ended.add(pid)
  }
  expect(await asleep).toMatchObject({ code: 'connection-lost' })
  expect(await inside).toMatchObject({ code: 'connection-lost' })
  await admin.query(
    `select pg_terminate_backend(pid, 5000) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`,
  )
  const again = () => db.query('select 1 as alive')
  expect(await again().catch(again)).toMatchObject({ rowCount: 1 })
})

test('says that PostgreSQL does not answer instead of waiting for ever', async () => {
  const nowhere = openDatabase({ url: 'postgresql://nobody@127.0.0.1:1/nothing' })
  await expect(nowhere.query('select 1')).rejects.toMatchObject({ code: 'database-unreachable' })
  await nowhere.close()
})

test('prepares a statement again after its table appeared', async () => {
  const { db } = test_
  const ask = () => db.query('select count(*) as n from later', [], { name: 'count-later' })
  await expect(ask()).rejects.toMatchObject({ code: '42P01' })
  await db.query('create table later ()')
  expect((await ask()).rows).toEqual([{ n: 0 }])
})

test('moves the clock of record on for tests', async () => {
  const { db } = test_
  const ask = async () =>
    (await db.query<{ now: Temporal.Instant }>('select clock() as now', [], { name: 'now' })).rows[0]
  const began = performance.now()
  const before = await ask()
  await advanceClock(db, { minutes: 5 })
  await advanceClock(db, { minutes: 3 })
  const after = await ask()
  const passed = before && after ? after.now.since(before.now).total('minutes') : 0
  expect(passed).toBeGreaterThanOrEqual(8)
  expect(passed).toBeLessThan(8.01 + (performance.now() - began) / 60_000)
})
