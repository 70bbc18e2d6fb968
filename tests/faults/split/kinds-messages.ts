import { contracts } from '@marquee/contracts'
import { createBossBus, type EventBus, openRabbitBus } from '@marquee/kit/events'
import { createMemoryLive } from '@marquee/kit/live'
import { createLogger } from '@marquee/kit/telemetry'
import type { Kind } from './kinds.ts'
import { pause } from './pause.ts'
import type { Stage } from './stage.ts'
import { pastEvents } from './tap.ts'

const groups = contracts.flatMap((contract) => contract.groups)

/** The installation's own bus, as one more process that delivers to it. */
export async function withBus<T>(
  { split, engines }: Pick<Stage, 'split' | 'engines'>,
  work: (bus: EventBus) => Promise<T>,
): Promise<T> {
  const live = createMemoryLive()
  const [url, log] = [split.databaseUrl, createLogger({ service: 'faults', level: 'silent' })]
  const bus = engines.rabbit
    ? await openRabbitBus({ broker: engines.rabbit.url, url, log, poolSize: 1 })
    : await createBossBus({ url, live, log, poolSize: 2 })
  try {
    await bus.declare(groups)
    return await work(bus)
  } finally {
    await bus.stop()
    await live.stop()
  }
}

const redelivered = (name: string, newest: boolean): Kind => ({
  name,
  weight: 2,
  async strike(stage, { between }) {
    const events = await pastEvents(stage.books, between(20, 200), newest)
    const disordered = events.toSorted((one, other) => (one.id.slice(-8) < other.id.slice(-8) ? -1 : 1))
    await withBus(stage, (bus) => bus.deliver(disordered))
    return `${events.length} of them`
  },
})

export const messageKinds: readonly Kind[] = [
  redelivered('messages delivered once more', true),
  redelivered('old messages delivered in disorder', false),
  {
    name: 'messages held back so that later ones overtake them',
    weight: 2,
    needs: ['embedded'],
    async strike({ books }, { between }) {
      const until = performance.now() + between(1000, 3000)
      let count = 0
      while (performance.now() < until) {
        const { rowCount } = await books.query(
          `update bus.job set start_after = now() + make_interval(secs => 0.5 + random() * 3)
            where (name, id) in (select name, id from bus.job
              where state = 'created' and start_after <= now() and random() < 0.5
              for update skip locked)`,
        )
        count += rowCount
        await pause(20)
      }
      return `${count} of them`
    },
  },
  {
    name: 'messages in hand given to somebody else as well',
    weight: 2,
    needs: ['embedded'],
    strike: async ({ books }, { between }) => {
      const until = performance.now() + between(1000, 3000)
      let count = 0
      while (performance.now() < until) {
        count += await giveAgain(books)
        await pause(10)
      }
      return `${count} of them`
    },
  },
]

/** How many messages wait, and how many nobody could take. */
export const backlog = (stage: Stage) =>
  withBus(stage, async (bus) => {
    const groups = Object.entries(await bus.backlog())
    return {
      waiting: groups.flatMap(([group, { waiting }]) => (waiting > 0 ? [`${group}: ${waiting}`] : [])),
      dead: groups.flatMap(([group, { dead }]) => (dead > 0 ? [`${group}: ${dead}`] : [])),
    }
  })

/** Makes what consumers have in hand due again, as when they are given up on; waits for no row, so that nobody deadlocks with it. */
export async function giveAgain(books: Stage['books']): Promise<number> {
  const { rowCount } = await books.query(
    `update bus.job set state = 'retry', start_after = now()
      where (name, id) in (select name, id from bus.job where state = 'active' for update skip locked)`,
  )
  return rowCount
}
