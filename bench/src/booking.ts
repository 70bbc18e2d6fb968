import { sumOf } from '../../tests/harness/marquee.ts'
import { load } from './load.ts'
import type { Options } from './options.ts'
import { type Product, startProduct } from './product.ts'
import { figure, type Side, shown, spread } from './rounds.ts'
import { bodyOf, freshWishes } from './wishes.ts'

const clients = 32
const promisedAMinute = 15_000
export const ordersForASecond = 800
// A cinema's server has been up for longer than this when sales open: V8 is through with what it compiles late.
const warmUpSeconds = 5

/** Hold, pay, tickets through HTTP; an order counts once its mail is queued and its webhook was answered. */
export async function booking({ rounds, seconds }: Options): Promise<string> {
  const product = await startProduct()
  try {
    const count = (rounds * seconds + warmUpSeconds) * ordersForASecond
    const bodies = (await freshWishes(product.origin, { atOnce: 50, count })).map(bodyOf)
    const take = (forSeconds: number) => bodies.splice(0, forSeconds * ordersForASecond)
    await sellOnce(product, take(warmUpSeconds), warmUpSeconds)
    const sides: Side[] = []
    for (let round = 0; round < rounds; round++) sides.push(await sellOnce(product, take(seconds), seconds))
    const aMinute = spread(sides.map((side) => side.perSecond * 60))
    const verdict = aMinute.median >= promisedAMinute ? 'kept' : 'NOT KEPT'
    return [
      'booking: hold, pay, tickets, mail queued, webhook settled',
      `  ours      ${shown(aMinute)} orders a minute, ${shown(spread(sides.map((side) => side.cpuPerRequestMs)))} ms CPU each`,
      `  confirm   p99 ${shown(spread(sides.map((side) => side.p99Ms ?? Number.NaN)))} ms with ${clients} clients`,
      `  ratio     ${figure(aMinute.median / 1500)} of the 1,500 a minute that pretix publishes, ${rounds} rounds, promised ${figure(promisedAMinute)} a minute: ${verdict}`,
    ].join('\n')
  } finally {
    await product.end()
  }
}

/** One round of it: nothing that was bought is still under way when it ends. */
export async function sellOnce(product: Product, bodies: string[], seconds: number): Promise<Side> {
  const before = await settled(product)
  const cpu = product.cpu()
  const began = performance.now()
  const run = await load({ mode: 'orders', origin: product.origin, clients, seconds, bodies })
  for (;;) {
    const now = await settled(product)
    if (now.mails - before.mails >= run.done && now.webhooks - before.webhooks >= run.done) break
    if (performance.now() - began > (seconds + 60) * 1000)
      throw new Error(
        `${run.done} orders, but ${now.mails - before.mails} mails and ${now.webhooks - before.webhooks} webhooks a minute later`,
      )
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const took = (performance.now() - began) / 1000
  return {
    perSecond: run.done / took,
    cpuPerRequestMs: ((product.cpu() - cpu) / run.done) * 1000,
    p99Ms: run.kinds.confirm?.p99Ms ?? Number.NaN,
  }
}

async function settled(product: Product): Promise<{ mails: number; webhooks: number }> {
  const { rows } = await product.sql.query('select count(*)::int as mails from notifications.mails')
  const webhooks = await sumOf(product, 'marquee_payments_webhooks_total', 'outcome="taken"')
  return { mails: rows[0].mails, webhooks }
}
