import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  backupEmbedded,
  type Database,
  type EmbeddedServer,
  openDatabase,
  restoreEmbedded,
  startEmbedded,
} from '../index.ts'

let folder: string
let data: string
let into: string
let between: Temporal.Instant
let beforeBackup: Temporal.Instant

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mqb-'))
  data = join(folder, 'data')
  into = join(folder, 'backups')
  const server = await startEmbedded({ data })
  await using(server, async (db) => {
    await db.query('create table orders (n int)')
    beforeBackup = await write(db, 1)
    await backupEmbedded({ data, into })
    between = await write(db, 2)
    await write(db, 3)
  })
  await server.stop()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function using(server: EmbeddedServer, work: (db: Database) => Promise<void>): Promise<void> {
  const db = openDatabase({ url: server.adminUrl(), poolSize: 2 })
  await work(db)
  await db.close()
}

/** The server's time just after the row was committed. */
async function write(db: Database, n: number): Promise<Temporal.Instant> {
  await db.query('insert into orders values ($1)', [n])
  const { rows } = await db.query<{ at: Temporal.Instant }>('select clock_timestamp() as at')
  return rows[0]?.at ?? Temporal.Now.instant()
}

async function ordersIn(where: string): Promise<number[]> {
  const server = await startEmbedded({ data: where })
  let found: number[] = []
  await using(server, async (db) => {
    const { rows } = await db.query<{ n: number }>('select n from orders order by n')
    found = rows.map(({ n }) => n)
  })
  await server.stop()
  return found
}

test('restores exactly what was there at a time between two orders', async () => {
  const elsewhere = join(folder, 'elsewhere')
  await restoreEmbedded({ from: into, data: elsewhere, to: between })
  expect(await ordersIn(elsewhere)).toEqual([1, 2])
})

test('restores the state at the end of the backup when no time is given', async () => {
  const elsewhere = join(folder, 'at-backup')
  await restoreEmbedded({ from: into, data: elsewhere })
  expect(await ordersIn(elsewhere)).toEqual([1])
})

test('refuses a time before the first backup, and a folder that holds none', async () => {
  const elsewhere = join(folder, 'refused')
  await expect(restoreEmbedded({ from: into, data: elsewhere, to: beforeBackup })).rejects.toMatchObject({
    code: 'restore-too-early',
  })
  await expect(restoreEmbedded({ from: folder, data: elsewhere })).rejects.toMatchObject({
    code: 'backup-invalid',
  })
})

test('refuses to restore over a Marquee that is running', async () => {
  const server = await startEmbedded({ data })
  await expect(restoreEmbedded({ from: into, data })).rejects.toMatchObject({ code: 'data-in-use' })
  await server.stop()
})

test('restores in place, again and again, and can be backed up afterwards', async () => {
  await restoreEmbedded({ from: into, data, to: 'latest' })
  expect(await ordersIn(data)).toEqual([1, 2, 3])
  await restoreEmbedded({ from: into, data, to: Temporal.Now.instant() })
  expect(await ordersIn(data)).toEqual([1, 2, 3])
  await restoreEmbedded({ from: into, data })
  expect(await ordersIn(data)).toEqual([1])
  await backupEmbedded({ data, into })
  await restoreEmbedded({ from: into, data: join(folder, 'last') })
  expect(await ordersIn(join(folder, 'last'))).toEqual([1])
})
