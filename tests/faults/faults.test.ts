import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../harness/house.ts'
import { settled } from '../harness/settled.ts'
import type { Character } from './buyer.ts'
import { judge } from './checkers.ts'
import { type Evening, letTimePass, openEvening } from './evening.ts'
import { gather } from './evidence.ts'
import type { Notes } from './notes.ts'
import { createRandom } from './random.ts'

const points = [
  'booking.hold.committed',
  'booking.pay.begun',
  'payments.attempt.committed',
  'payments.provider.answered',
  'payments.settle.committed',
  'booking.pay.answered',
  'booking.tickets.written',
  'booking.tickets.committed',
  'events.relay.delivered',
  'events.bus.applied',
  'booking.refund.committed',
  'booking.refund.asked',
  'payments.refund.asking',
  'payments.refund.answered',
  'payments.webhook.committed',
  'booking.hold.judged',
  'booking.sweep.committed',
  'booking.check-in.committed',
  'notifications.mail.sent',
] as const
const kills = Number(process.env.FAULTS_KILLS ?? 13)
const seed = Number(process.env.FAULTS_SEED ?? 20261121)
const random = createRandom(seed)
const counts = new Map<string, number>()
const everybody: Notes[] = []

let evening: Evening
beforeAll(async () => {
  evening = await openEvening(random)
}, 120_000)
afterAll(async () => {
  const kinds = [...counts].map(([kind, count]) => `${kind} ${count}`).join(', ')
  const unanswered = everybody.reduce((sum, one) => sum + one.unanswered, 0)
  console.log(`faults: seed ${seed}, ${everybody.length} buyers, ${unanswered} requests repeated; ${kinds}`)
  await evening?.end()
}, 60_000)

test(
  'whatever dies during a rush, nobody loses what they were told and all money has its reason',
  async () => {
    for (const kill of plan()) {
      counts.set(kill, (counts.get(kill) ?? 0) + 1)
      const notes = await killDuringRush(kill).catch((cause: unknown) => {
        throw new Error(`seed ${seed}, ${kill}\n${evening.marquee().output()}`, { cause })
      })
      everybody.push(...notes)
      expect(judge(await gather(evening.marquee(), evening.crowd, notes)), `seed ${seed}, ${kill}`).toEqual(
        {},
      )
    }
    expect(judge(await gather(evening.marquee(), evening.crowd, everybody)), 'at the end').toEqual({})
    const { body } = await evening.admin('GET', '/api/payments/ledger')
    expect(body).toMatchObject({ balanced: true, missing: [], liveAttempts: 0, pendingRefunds: 0 })
  },
  60_000 + kills * 30_000,
)

/** Points in an order of the seed's own, with kills at any moment and of PostgreSQL among them. */
function* plan(): Generator<string> {
  const others = ['any moment', 'postgres', 'both']
  let deck: string[] = []
  for (let at = 0; at < kills; at++) {
    if (at % 4 === 3) {
      yield others[Math.floor(at / 4) % others.length] ?? 'both'
      continue
    }
    if (deck.length === 0) deck = random.shuffled(points)
    yield deck.pop() ?? 'any moment'
  }
}

async function killDuringRush(kill: string): Promise<Notes[]> {
  const showId = await evening.newShow()
  const isPoint = kill.includes('.')
  if (isPoint) {
    // What the show brought about is through: or its last event would end the next server before it is open.
    await settled(evening.marquee())
    evening.close()
    await evening.marquee().kill()
    // All holds of a show expire in one sweep.
    const nth = kill === 'booking.sweep.committed' ? 1 : 1 + Math.floor(random() * 3)
    await evening.reopen({ MARQUEE_CRASH_AT: `${kill}:${nth}` })
  }
  const crowd = evening.rush(showId, crowdOf(24))
  const { notes } = crowd
  let { over } = crowd
  if (kill === 'postgres') {
    await until(async () => notes.some(({ order }) => order))
    evening.killPostgres()
  } else {
    if (isPoint) ({ over } = await reached(kill, crowd))
    else await anyMoment(notes)
    evening.close()
    if (kill === 'both') evening.killPostgres()
    await evening.marquee().kill()
    // With PostgreSQL alive this can be done before the start, whose first jobs then find it.
    if (kill !== 'both') await letTimePass(evening, 2)
    await evening.reopen()
    if (kill === 'both') await letTimePass(evening, 2)
  }
  await allHome(notes, over)
  await settled(evening.marquee())
  return notes
}

/**
 * Waits for the server's own death at the point; what only time brings about is given time. Many who come at once may
 * go through it together, as one: others come after them, until it is reached. Resolves when the last has gone home.
 */
async function reached(
  point: string,
  { notes, over }: ReturnType<Evening['rush']>,
): Promise<{ over: Promise<void> }> {
  const { exited } = evening.marquee()
  let isDead = false
  const dies = exited.then(() => {
    isDead = true
  })
  let last = over
  if (point === 'booking.sweep.committed') {
    await Promise.race([over, dies])
    if (!isDead) await letTimePass(evening, 9)
  } else
    for (let further = 0; further < 5; further++) {
      await Promise.race([last, dies])
      if (isDead) break
      const showId = await evening.newShow().catch(() => undefined)
      if (showId === undefined) break
      const next = evening.rush(showId, crowdOf(6))
      notes.push(...next.notes)
      last = Promise.all([last, next.over]).then(() => {})
    }
  await until(async () => isDead, 20)
  return { over: last }
}

async function anyMoment(notes: readonly Notes[]): Promise<void> {
  const enough = 1 + Math.floor(random() * notes.length)
  await until(async () => notes.filter(({ state, order }) => order || state === 'done').length >= enough)
}

/** Payments that went silent end in their time. */
async function allHome(notes: readonly Notes[], over: Promise<void>): Promise<void> {
  let isOver = false
  over.then(() => {
    isOver = true
  })
  const isQuiet = async () => notes.every(({ state }) => state !== 'wanting')
  await until(async () => isOver || (await isQuiet()), 30)
  await letTimePass(evening, 2)
  await until(async () => isOver, 30)
}

function crowdOf(count: number): Character[] {
  return Array.from({ length: count }, (_, at) => ({
    seats: 1 + Math.floor(random() * 4),
    paying: at % 6 === 5 ? 'leaves' : at % 6 === 4 ? 'declined' : 'pays',
    afterwards: at % 3 === 0 ? 'refund' : at % 3 === 1 ? 'door' : 'home',
  }))
}
