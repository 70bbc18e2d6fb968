import type { Kind } from './kinds.ts'
import { pause } from './pause.ts'
import type { Stage } from './stage.ts'

/** Where in the code a process dies, and which processes pass there. */
const points: Readonly<Record<string, readonly string[]>> = {
  'booking.hold.judged': ['booking-1', 'booking-2'],
  'booking.hold.committed': ['booking-1', 'booking-2'],
  'booking.pay.begun': ['booking-1', 'booking-2'],
  'booking.pay.answered': ['booking-1', 'booking-2'],
  'booking.tickets.written': ['booking-1', 'booking-2'],
  'booking.tickets.committed': ['booking-1', 'booking-2'],
  'booking.refund.committed': ['booking-1', 'booking-2'],
  'booking.check-in.committed': ['booking-1', 'booking-2'],
  'booking.refund.asked': ['booking-work'],
  'payments.attempt.committed': ['payments'],
  'payments.provider.answered': ['payments'],
  'payments.settle.committed': ['payments'],
  'payments.refund.asking': ['payments'],
  'payments.refund.answered': ['payments'],
  'payments.webhook.committed': ['payments'],
  'notifications.mail.sent': ['house'],
  'events.relay.delivered': ['booking-work', 'payments', 'house', 'circle-1'],
  'events.bus.applied': ['booking-work', 'payments', 'house', 'circle-1', 'circle-2'],
}
const longestWayToPoint = 8000
/** Said of a process that was killed because it did not come by the point. */
export const unreached = ', which it did not reach'

export const processKinds: readonly Kind[] = [
  {
    name: 'process killed at a named point',
    weight: 6,
    async strike({ split }, { oneOf, between }) {
      const [point, passing] = oneOf(Object.entries(points))
      const part = split.part(oneOf(passing))
      const env = { MARQUEE_CRASH_AT: `${point}:${between(1, 3)}` }
      return part.alone(async () => {
        await part.end('SIGKILL')
        // It may pass there before it is open, or not open for another reason; either way it is gone then.
        await part.start(env).catch(() => part.end('SIGKILL'))
        const reached = await Promise.race([
          part.exited().then(() => true),
          pause(longestWayToPoint).then(() => false),
        ])
        if (!reached) await part.end('SIGKILL')
        await part.revive()
        return `${part.name} at ${point}${reached ? '' : unreached}`
      })
    },
  },
  {
    name: 'process killed at any moment',
    weight: 4,
    async strike({ split }, { oneOf, between }) {
      const part = oneOf(split.parts)
      const milliseconds = between(0, 1000)
      await part.alone(async () => {
        await part.end('SIGKILL')
        await pause(milliseconds)
        await part.revive()
      })
      return part.name
    },
  },
  {
    name: 'two processes killed at once',
    weight: 1,
    async strike({ split }, { oneOf }) {
      const pair = [...new Set([oneOf(split.parts), oneOf(split.parts)])]
      await Promise.all(
        pair.map((part) =>
          part.alone(async () => {
            await part.end('SIGKILL')
            await part.revive()
          }),
        ),
      )
      return pair.map(({ name }) => name).join(' and ')
    },
  },
  {
    name: 'process stopped and resumed',
    weight: 3,
    async strike({ split }, { oneOf, between, longestSleep }) {
      const part = oneOf(split.parts)
      // Every fourth sleeps as long as it may.
      const seconds = between(1, 4) === 4 ? longestSleep : between(1, Math.min(4, longestSleep))
      await part.alone(async () => {
        part.signal('SIGSTOP')
        await pause(seconds * 1000)
        part.signal('SIGCONT')
      })
      return `${part.name} for ${seconds} s`
    },
  },
  {
    name: 'process told to end, and started again',
    weight: 1,
    async strike({ split }, { oneOf }) {
      const part = oneOf(split.parts)
      await part.alone(async () => {
        await part.end('SIGTERM')
        await part.revive()
      })
      return part.name
    },
  },
  { name: 'PostgreSQL restarted, fast', weight: 1, strike: (stage) => endPostgres(stage, 'SIGINT') },
  { name: 'PostgreSQL restarted, immediate', weight: 1, strike: (stage) => endPostgres(stage, 'SIGQUIT') },
  { name: 'PostgreSQL killed', weight: 1, strike: (stage) => endPostgres(stage, 'SIGKILL') },
]

let turn: Promise<unknown> = Promise.resolve()

/** One after another. */
function endPostgres(stage: Stage, signal: NodeJS.Signals): Promise<string> {
  const mine = turn.then(() => endOnce(stage, signal))
  turn = mine.catch(() => {})
  return mine
}

async function endOnce({ split }: Stage, signal: NodeJS.Signals): Promise<string> {
  const pid = split.postgres.pid()
  process.kill(pid, signal)
  const deadline = performance.now() + 30_000
  while (split.postgres.pid() === pid) {
    if (performance.now() > deadline) throw new Error('PostgreSQL did not come back')
    await pause(50)
  }
  return 'PostgreSQL'
}
