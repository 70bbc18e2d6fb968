import { join } from 'node:path'
import { openDatabase, openSecrets } from '@marquee/kit/sql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Ask, client } from '../harness/client.ts'
import { buy, type House, made, newcomer, openHouse, until } from '../harness/house.ts'
import { type Marquee, runMarquee, startMarquee } from '../harness/marquee.ts'
import { postmasterOf } from '../harness/postmaster.ts'
import { type Copy, planCopy } from '../harness/replica.ts'

/** What docs/operations/failover.md says, done. */
let marquee: Marquee
let copy: Copy
let house: House
beforeAll(async () => {
  marquee = await startMarquee({ MARQUEE_LIMITS: 'off' })
  copy = await planCopy()
  await copy.start(marquee)
  const films = await made<{ items: { id: string }[] }>(client(marquee.origin)('GET', '/api/movies?limit=1'))
  house = await openHouse(await newcomer(marquee.origin, 'owner'), { movieId: films.items[0]?.id ?? '' })
}, 120_000)
afterAll(async () => {
  await copy?.remove()
  await marquee?.remove()
}, 60_000)

/** PostgreSQL of a data directory, as its superuser. */
function urlOf(data: string): string {
  const password = openSecrets(join(data, 'secrets', 'postgres.json')).ensure('marquee')
  return `postgresql://marquee:${password}@localhost/postgres?${new URLSearchParams({ host: join(data, 'run'), port: '5432' })}`
}

async function ask(data: string, statement: string): Promise<Record<string, unknown>[]> {
  const db = openDatabase({ url: urlOf(data), poolSize: 1 })
  const { rows } = await db.query(statement)
  await db.close()
  return rows
}

type Bought = Awaited<ReturnType<typeof buy>>

/** Buys on until nobody answers; gives what was acknowledged, and says when there is some. */
async function buyUntilItEnds(nobody: Ask, acknowledged: Bought[]): Promise<void> {
  try {
    for (;;) acknowledged.push(await buy(nobody, house.showId, { email: 'guest@people.example' }))
  } catch {
    // The end that was waited for.
  }
}

it('orders that were acknowledged are all there, with their tickets, when the copy takes over', async () => {
  await ask(marquee.data, "alter system set synchronous_standby_names = 'replica'")
  await ask(marquee.data, 'select pg_reload_conf()')
  await until(async () => {
    const [follower] = await ask(marquee.data, 'select sync_state from pg_stat_replication')
    return follower?.sync_state === 'sync'
  })
  const acknowledged: Bought[] = []
  const nobody = client(marquee.origin)
  const buyers = Array.from({ length: 4 }, () => buyUntilItEnds(nobody, acknowledged))
  await until(async () => acknowledged.length >= 30, 60)

  const { pid: server } = postmasterOf(marquee)
  process.kill(marquee.pid, 'SIGKILL')
  process.kill(server, 'SIGKILL')
  await Promise.all(buyers)
  expect(await runMarquee(['promote', copy.data])).toMatchObject({ code: 0 })

  let open = await marquee.restart({ DATABASE_URL: urlOf(copy.data) })
  expect(await missing(open, acknowledged)).toEqual([])
  expect(
    (await buy(client(open.origin), house.showId, { email: 'guest@people.example' })).tickets,
  ).toHaveLength(2)
  await open.stop()

  // The copy's directory is one like any other from now on.
  await copy.stop()
  open = await open.restart({ DATABASE_URL: '', MARQUEE_DATA: copy.data })
  expect(await missing(open, acknowledged)).toEqual([])
  await open.stop()
}, 120_000)

async function missing(open: Marquee, acknowledged: readonly Bought[]): Promise<string[]> {
  const lost: string[] = []
  for (const { id, secret, tickets } of acknowledged) {
    const { body } = await client(open.origin)('GET', `/api/orders/${id}`, {
      headers: { 'x-order-secret': secret },
    })
    const found = (body.tickets ?? []) as { code: string }[]
    const isThere = tickets.every(({ code }) => found.some((ticket) => ticket.code === code))
    if (body.status !== 'confirmed' || !isThere) lost.push(id)
  }
  return lost
}
