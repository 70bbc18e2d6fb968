import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { client } from '../../harness/client.ts'
import { until } from '../../harness/house.ts'
import { createRandom } from '../random.ts'
import type { Kind } from './kinds.ts'
import { withBus } from './kinds-messages.ts'
import { createNight, type Findings, type Night } from './night.ts'
import { pause } from './pause.ts'
import { openStage, patience, type Stage } from './stage.ts'
import { forgetEvents, pastEvents } from './tap.ts'

let stage: Stage
let night: Night
beforeAll(async () => {
  stage = await openStage(createRandom(7))
  night = createNight(stage, { luck: createRandom(8), longestSleep: 2 })
}, 180_000)
afterAll(() => stage?.end(), 120_000)

/** What is found after a round in which these parts have the bug and this befalls the house. */
async function findingsOf(
  plant: string,
  parts: readonly string[],
  befalls: () => Promise<void>,
): Promise<Findings> {
  await forgetEvents(stage.books)
  await reopen(parts, plant)
  const kind: Kind = {
    name: plant,
    weight: 1,
    async strike() {
      await befalls()
      return 'planted'
    },
  }
  const { findings } = await night.round([kind])
  await reopen(parts)
  return findings
}

async function reopen(parts: readonly string[], plant?: string): Promise<void> {
  const path = plant === undefined ? '' : fileURLToPath(new URL(`./plants/${plant}.ts`, import.meta.url))
  await Promise.all(
    parts.map(async (name) => {
      const part = stage.split.part(name)
      await part.end('SIGKILL')
      await part.start(path === '' ? {} : { NODE_OPTIONS: `--import ${path}` })
    }),
  )
}
const killAndReopen = async (parts: readonly string[]) => {
  await Promise.all(parts.map((name) => stage.split.part(name).end('SIGKILL')))
  await reopen(parts)
}
const wires = (parts: readonly string[], which: 'door' | 'database') =>
  parts.flatMap((name) => stage.split.part(name)[which] ?? [])

const gateways = ['gateway-1', 'gateway-2']
const circles = ['circle-1', 'circle-2']
const seconds = 120_000
const everything = 1_000_000

test(
  'with no bug planted nothing is found',
  async () => {
    expect((await night.round([])).findings).toEqual({})
  },
  seconds,
)

test(
  'a comment that was sent once and written twice is noticed',
  async () => {
    const found = await findingsOf('repeats-anything', gateways, async () => {
      for (let times = 0; times < 20; times++) {
        for (const door of wires(circles, 'door')) door.delay(150)
        await pause(500)
        for (const door of wires(circles, 'door')) door.reset()
        for (const door of wires(circles, 'door')) door.delay(0)
        await pause(200)
      }
    })
    expect(found).toHaveProperty('what is sent once stands once')
  },
  seconds,
)

test(
  'an event that has its effect twice is noticed',
  async () => {
    const found = await findingsOf('applies-again', ['house'], async () => {
      // While somebody has it in hand it cannot be delivered once more.
      const { books } = stage
      const through = `select id from tap.published p where name = 'order.confirmed.v1'
        and exists (select from tap.applied where event_id = p.id)
        and not exists (select from bus.job where id = p.id)`
      await until(async () => (await books.query(through)).rowCount > 0)
      const events = await pastEvents(books, everything, true)
      await withBus(stage, (bus) => bus.deliver(events))
    })
    expect(found).toHaveProperty('events are applied once by everybody')
  },
  seconds,
)

test(
  'an event that is gone before it was applied is noticed',
  async () => {
    const found = await findingsOf('acknowledged-unapplied', ['house'], async () => {
      await pause(2000)
      await killAndReopen(['house'])
    })
    expect(found).toHaveProperty('events are applied once by everybody')
  },
  seconds,
)

test(
  'watchers who are never told of a lost signal are noticed',
  async () => {
    const found = await findingsOf('no-poll', ['booking-1', 'booking-2'], () => pause(5000))
    expect(found).toHaveProperty('whoever watches sees')
  },
  seconds,
)

test(
  'watchers whose wire fell silent, and who take it for calm, are noticed',
  async () => {
    const found = await findingsOf('silence-is-calm', gateways, async () => {
      for (const wire of wires(['booking-1', 'booking-2'], 'door')) wire.halfOpen()
      await pause(500)
    })
    expect(found).toHaveProperty('whoever watches sees')
  },
  seconds,
)

test(
  'a door that lets anybody in is noticed',
  async () => {
    const found = await findingsOf('open-door', ['booking-1'], async () => {})
    expect(found).toHaveProperty('doors between services are for services')
  },
  seconds,
)

test(
  'a page that was kept while nobody could say that it is old is noticed',
  async () => {
    const found = await findingsOf('keeps-when-cut-off', gateways, async () => {
      for (const wire of wires(gateways, 'database')) await wire.cut()
      await pause(4000)
      for (const wire of wires(gateways, 'database')) await wire.heal()
    })
    expect(found).toHaveProperty('no page is older than promised')
  },
  seconds,
)

test(
  'a rating that was acknowledged before it was durable is missed',
  async () => {
    const found = await findingsOf('rating-answered-early', circles, async () => {
      await pause(2000)
      await killAndReopen(circles)
    })
    expect(found).toHaveProperty('ratings stand as acknowledged')
  },
  seconds,
)

test(
  'a copy that an older message made older is noticed',
  async () => {
    const found = await findingsOf('copy-without-version', circles, async () => {
      const over = performance.now() + 5000
      while (performance.now() < over) {
        await stage.books.query(
          `update bus.job set start_after = now() + interval '12 seconds'
            where name = 'reviews.movies' and state = 'created' and start_after <= now()`,
        )
        await pause(5)
      }
      await pause(2000)
    })
    expect(found).toHaveProperty('copies are as new as what they copy')
  },
  seconds,
)

test(
  'one of two that is dead is missed by nobody, and when it is, that is noticed',
  async () => {
    const showId = await stage.newShow()
    const refusals = async () => {
      await stage.split.part('booking-1').end('SIGKILL')
      const ask = client(stage.split.origin, {}, patience)
      const body = {
        showId,
        bestAvailable: { tickets: [{ ticketType: 'adult', count: 1 }] },
        email: 'one@rush.example',
      }
      const answers = []
      for (let at = 0; at < 20; at++) answers.push(await ask('POST', '/api/orders', { body }))
      await stage.split.part('booking-1').start()
      return answers.filter(({ status }) => status >= 500).length
    }
    expect(await refusals()).toBe(0)
    await reopen(gateways, 'asks-the-dead')
    expect(await refusals()).toBeGreaterThan(0)
    await reopen(gateways)
  },
  seconds,
)
