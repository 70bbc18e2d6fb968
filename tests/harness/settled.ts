import type { Database } from '@marquee/kit/sql'
import { withBooks } from './books.ts'
import { until } from './house.ts'
import type { Marquee } from './marquee.ts'

/** Resolves when nothing is under way any more: payments, refunds, mails, outboxes, queues. */
export async function settled(house: Pick<Marquee, 'data'>, seconds = 40): Promise<void> {
  await withBooks(house, async (db) => {
    const { rows: schemas } = await db.query<{ name: string }>(
      "select table_schema as name from information_schema.tables where table_name = 'outbox'",
    )
    const open = [
      "select 'orders' as what, count(*)::int as left from booking.orders where status = 'paying'",
      "select 'attempts', count(*)::int from payments.attempts where status in ('started', 'pending')",
      "select 'refunds', count(*)::int from payments.refunds where status = 'pending'",
      "select 'owed', count(*)::int from booking.refunds where status = 'pending'",
      "select 'mails', count(*)::int from notifications.mails where status = 'queued'",
      ...((await hasTable(db, 'bus.job'))
        ? ["select 'jobs', count(*)::int from bus.job where state <> 'completed'"]
        : []),
      ...((await hasTable(db, 'bus.set_aside'))
        ? ["select 'set aside', count(*)::int from bus.set_aside"]
        : []),
      ...schemas.map(({ name }) => `select 'outbox ${name}', count(*)::int from ${name}.outbox`),
    ].join(' union all ')
    let left = ''
    await until(async () => {
      const { rows: counts } = await db.query<{ what: string; left: number }>(open)
      left = counts.flatMap((one) => (one.left > 0 ? [`${one.what}: ${one.left}`] : [])).join(', ')
      return left === ''
    }, seconds).catch((cause: unknown) => {
      throw new Error(`after ${seconds} s there is still ${left}`, { cause })
    })
  })
}

// Which of them there are depends on what brings the events.
async function hasTable(db: Database, name: string): Promise<boolean> {
  const { rows } = await db.query<{ there: boolean }>('select to_regclass($1) is not null as there', [name])
  return rows[0]?.there ?? false
}
