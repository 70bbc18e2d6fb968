import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../testing/index.ts'
import { migrate } from '../index.ts'

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
