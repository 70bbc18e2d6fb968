import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
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

test('a backup that cannot be finished says why, and leaves nothing behind', async () => {
  const before = readdirSync(into)
  const odd = join(data, 'wal-archive', 'F'.repeat(24))
  mkdirSync(odd)
  await expect(backupEmbedded({ data, into })).rejects.toMatchObject({
    code: 'data-not-writable',
    message: expect.stringContaining('Cannot write the backup to'),
  })
  rmSync(odd, { recursive: true })
  expect(readdirSync(into)).toEqual(before)
})

test('says that a time is out of reach where its WAL is gone, also over data that wrote on', async () => {
  const archive = join(data, 'wal-archive')
  const away = join(folder, 'archive-away')
  const server = await startEmbedded({ data })
  let late: Temporal.Instant | undefined
  await using(server, async (db) => {
    // Segments of their own, of which those in the middle will be missing.
    for (let n = 100; n < 104; n += 1) {
      await db.query('select pg_switch_wal()')
      late = await write(db, n)
    }
    await db.query('delete from orders where n >= 100')
  })
  await server.stop()
  renameSync(archive, away)
  mkdirSync(archive)
  const lost = restoreEmbedded({ from: into, data, to: late ?? between })
  await expect(lost).rejects.toMatchObject({ code: 'restore-too-late' })
  const whole = restoreEmbedded({ from: into, data, to: 'latest' })
  await expect(whole).rejects.toMatchObject({ code: 'restore-too-late' })
  rmSync(archive, { recursive: true })
  renameSync(away, archive)
  expect(await ordersIn(data)).toEqual([1, 2, 3])
})

test('takes no WAL of another cluster for that of the backup', async () => {
  const staging = join(folder, 'staging')
  await (await startEmbedded({ data: staging })).stop()
  const copy = join(folder, 'copied')
  cpSync(into, copy, { recursive: true })
  for (const name of readdirSync(copy)) {
    const manifest = join(copy, name, 'backup.json')
    const said = JSON.parse(readFileSync(manifest, 'utf8'))
    writeFileSync(manifest, JSON.stringify({ ...said, data: join(folder, 'not-on-this-machine') }))
  }
  const restored = restoreEmbedded({ from: copy, data: staging, to: Temporal.Now.instant() })
  await expect(restored).rejects.toMatchObject({ code: 'restore-too-late' })
})

test('a Marquee that starts while a backup is put in its place, and the restore, do not both go on', async () => {
  const [restored, started] = await Promise.allSettled([
    restoreEmbedded({ from: into, data, to: 'latest' }),
    startEmbedded({ data }),
  ])
  if (started.status === 'fulfilled') await started.value.stop()
  expect([restored.status, started.status]).toContain('rejected')
  if (restored.status === 'rejected') expect(restored.reason).toMatchObject({ code: 'data-in-use' })
  expect(await ordersIn(data)).toEqual([1, 2, 3])
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
