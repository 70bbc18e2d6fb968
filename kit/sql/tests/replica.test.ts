import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  backupEmbedded,
  type Database,
  type EmbeddedServer,
  openDatabase,
  openReplicaReads,
  openReplicaSet,
  type Queryable,
  type Reading,
  type ReplicaReads,
  type ReplicaSet,
  startEmbedded,
  startReplica,
} from '../index.ts'

let folder: string
let primary: EmbeddedServer
let replica: EmbeddedServer
let db: Database
let onReplica: Database
let set: ReplicaSet
let reads: ReplicaReads
let places: string[] = []
const changes: string[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mqr-'))
  const data = join(folder, 'data')
  primary = await startEmbedded({ data })
  db = openDatabase({ url: primary.adminUrl(), poolSize: 2 })
  await db.query('create table stars (n int)')
  await backupEmbedded({ data, into: join(folder, 'backups') })
  await db.query('insert into stars values (1)')
  replica = await startReplica({ data: join(folder, 'copy'), of: data, from: join(folder, 'backups') })
  onReplica = openDatabase({ url: replica.adminUrl(), poolSize: 1 })
  set = await openReplicaSet({
    primary: primary.adminUrl(),
    replicas: [replica.adminUrl()],
    // Only when a test looks.
    every: 3_600_000,
    mostLag: 200,
    onChange: ({ usable, reason }) => changes.push(`${usable} ${reason}`),
  })
  reads = openReplicaReads({
    set,
    primary: db,
    urlOf: (url) => url,
    poolSize: 2,
    onRead: (place) => places.push(place),
  })
}, 60_000)
beforeEach(() => {
  places = []
  changes.length = 0
})
afterAll(async () => {
  await reads.close()
  await set.stop()
  await Promise.all([db.close(), onReplica.close()])
  await replica.stop()
  await primary.stop()
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

const count = async (from: Reading): Promise<number> => {
  const { rows } = await from.query<{ n: number }>('select count(*) as n from stars')
  return rows[0]?.n ?? 0
}

async function caughtUp(): Promise<bigint> {
  const position = await set.position()
  while (set.having(position).length === 0) await set.look()
  return position
}

test('a copy made of a backup has what was written since, and answers instead of the primary', async () => {
  const position = await caughtUp()
  expect(await count(reads.upTo(position))).toBe(1)
  expect(places).toEqual(['replica'])
})

test('what the copy has not got yet is read from the primary, and from the copy once it has', async () => {
  await caughtUp()
  await onReplica.query('select pg_wal_replay_pause()')
  await db.query('insert into stars values (2)')
  const mine = await set.position()
  await set.look()
  expect(await count(reads.upTo(mine))).toBe(2)
  // Whoever wrote nothing may be told what was so a moment ago.
  expect(await count(reads.upTo(0n))).toBe(1)
  expect(places).toEqual(['primary', 'replica'])
  await onReplica.query('select pg_wal_replay_resume()')
  await caughtUp()
  expect(await count(reads.upTo(mine))).toBe(2)
  expect(places.at(-1)).toBe('replica')
})

test('a copy that falls too far behind is set aside, and taken up again when it has caught up', async () => {
  await caughtUp()
  await onReplica.query('select pg_wal_replay_pause()')
  await db.query('insert into stars values (3)')
  while (set.members[0]?.state.usable) await set.look()
  expect(changes).toEqual(['false it is more than 0.2 s behind'])
  expect(await count(reads.upTo(0n))).toBe(3)
  expect(places).toEqual(['primary'])
  await onReplica.query('select pg_wal_replay_resume()')
  await caughtUp()
  expect(changes.at(-1)).toBe('true it is up to date')
  expect(await count(reads.upTo(0n))).toBe(3)
  expect(places.at(-1)).toBe('replica')
})

test('nothing is written through a way that reads, whichever server answers', async () => {
  const position = await caughtUp()
  const write = 'with written as (insert into stars values (9) returning n) select n from written'
  await expect(reads.upTo(position).query(write)).rejects.toMatchObject({ code: '25006' })
  await expect(reads.primary.query(write)).rejects.toMatchObject({ code: '25006' })
  await expect(db.transaction(() => count(reads.upTo(position)))).rejects.toMatchObject({
    code: 'inside-transaction',
  })
  // @ts-expect-error: statements that are no questions are refused by the compiler
  const refused = () => reads.primary.query('insert into stars values (9)')
  await expect(refused()).rejects.toMatchObject({ code: '25006' })
  const writes = (_: Queryable) => {}
  // @ts-expect-error: and so is handing it to what writes
  writes(reads.primary)
})

test('a copy that hangs keeps nobody waiting for longer than it takes to notice', async () => {
  await caughtUp()
  process.kill(replica.pid(), 'SIGSTOP')
  const backends = backendsOf(replica.pid())
  for (const pid of backends) process.kill(pid, 'SIGSTOP')
  const asked = count(reads.upTo(0n))
  await set.look()
  expect(await asked).toBe(3)
  for (const pid of [...backends, replica.pid()]) process.kill(pid, 'SIGCONT')
  await caughtUp()
  expect(changes).toEqual(['false it does not answer', 'true it is up to date'])
})

/** Its backends too, which answer on for a moment without their server. */
function killAll(server: number): void {
  for (const pid of [server, ...backendsOf(server)]) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself.
    }
  }
}

function backendsOf(server: number): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const parent = Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1])
      return parent === server ? [Number(name)] : []
    } catch {
      // It ended meanwhile.
      return []
    }
  })
}

test('when a copy dies the primary answers, and the copy is used again when it is back', async () => {
  await caughtUp()
  killAll(replica.pid())
  expect(await count(reads.upTo(0n))).toBe(3)
  expect(places).toEqual(['primary'])
  // It counts as there until somebody looks or asks it in vain.
  const whoAnswers = async () => {
    await set.look()
    expect(await count(reads.upTo(0n))).toBe(3)
    return places.at(-1)
  }
  await expect.poll(whoAnswers, { timeout: 20_000 }).toBe('replica')
}, 30_000)
