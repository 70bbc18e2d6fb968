import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestDatabase, testDatabase, testServer } from '../../testing/index.ts'
import { migrate, openDatabase, withDatabase, withUser } from '../index.ts'

let folder: string
let found: TestDatabase

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'migrations-'))
  found = await testDatabase({ schema: 'house' })
})
afterEach(async () => {
  await found.close()
  rmSync(folder, { recursive: true, force: true })
})

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text)
}

function run(): Promise<string[]> {
  return migrate({ url: found.url, schema: 'house', sets: [{ name: 'house', from: pathToFileURL(folder) }] })
}

test('applies each file once, in order', async () => {
  write('0001-rows.sql', 'create table rows (n int)')
  write('0002-more.sql', 'alter table rows add m int; insert into rows values (1, 2)')
  expect(await run()).toEqual(['0001-rows.sql', '0002-more.sql'])
  expect(await run()).toEqual([])
  expect((await found.db.query('select * from rows')).rows).toEqual([{ n: 1, m: 2 }])
})

test('lets instances that start together apply each file once', async () => {
  write('0001-rows.sql', 'create table rows (n int); select pg_sleep(0.1)')
  const applied = await Promise.all([run(), run(), run()])
  expect(applied.flat()).toEqual(['0001-rows.sql'])
})

test('refuses a file that was changed after it was applied', async () => {
  write('0001-rows.sql', 'create table rows (n int)')
  await run()
  write('0001-rows.sql', 'create table rows (n bigint)')
  await expect(run()).rejects.toMatchObject({
    code: 'migration-changed',
    message: expect.stringMatching(/^Migration house\/0001-rows.sql was changed after it was applied: .+$/),
  })
})

test('keeps nothing of a file that fails, and applies it once it is mended', async () => {
  write('0001-rows.sql', 'create table rows (n int); insert into nothing values (1)')
  await expect(run()).rejects.toMatchObject({
    code: 'migration-failed',
    message: 'Migration house/0001-rows.sql failed: relation "nothing" does not exist',
  })
  write('0001-rows.sql', 'create table rows (n int)')
  expect(await run()).toEqual(['0001-rows.sql'])
})

test('refuses two files of one number and names that say nothing', async () => {
  write('0001-a.sql', 'select 1')
  write('0001-b.sql', 'select 1')
  await expect(run()).rejects.toMatchObject({ code: 'migration-invalid' })
  rmSync(join(folder, '0001-b.sql'))
  write('rows.sql', 'select 1')
  await expect(run()).rejects.toMatchObject({ code: 'migration-invalid' })
})

test('makes schema, path and extensions in a database that was handed to the service whole', async () => {
  const name = `own_${randomBytes(4).toString('hex')}`
  const { adminUrl } = await testServer()
  const root = openDatabase({ url: adminUrl, poolSize: 1 })
  await root.query(`create role ${name} login password 'own'`)
  await root.query(`create database ${name} owner ${name}`)
  write(
    '0001-rows.sql',
    'create table rows (title text); create index on rows using gin (title gin_trgm_ops)',
  )
  const url = withUser(withDatabase(adminUrl, name), name, 'own')
  const sets = [{ name: 'house', from: pathToFileURL(folder) }]
  expect(await migrate({ url, schema: 'house', sets })).toEqual(['0001-rows.sql'])
  const db = openDatabase({ url })
  expect((await db.query('select * from rows')).rows).toEqual([])
  await db.close()
  await root.query(`drop database ${name}`)
  await root.query(`drop role ${name}`)
  await root.close()
})

test('waits for a table that others use without making them queue behind it for long', async () => {
  write('0001-rows.sql', 'create table rows (n int); insert into rows values (1)')
  await run()
  write('0002-more.sql', 'alter table rows add m int')
  const inUse = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const longReader = found.db.transaction(async (tx) => {
    await tx.query('select * from rows')
    inUse.resolve()
    await release.promise
  })
  await inUse.promise
  const widened = run()
  const other = openDatabase({ url: found.url, poolSize: 1 })
  // Whoever queued behind it would wait for the long reader, who is still there.
  for (let times = 0; times < 8; times++) {
    await other.query('select n from rows')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await other.close()
  release.resolve()
  await longReader
  expect(await widened).toEqual(['0002-more.sql'])
})
