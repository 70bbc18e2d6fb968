import { operationsContract } from '@marquee/contracts/operations'
import {
  badCursor,
  type CallRequest,
  fail,
  type Implementation,
  implement,
  reply,
} from '@marquee/kit/contract'
import { type DeadLetter, type EventBus, every, type Job } from '@marquee/kit/events'
import type { Logger, Metrics } from '@marquee/kit/telemetry'
import { readLetterCursor, writeLetterCursor } from './letter-cursor.ts'

const sampleMilliseconds = 10_000

/** What an operator does through the API; every look into an event and every change is noted in the log. */
export function createOperations({
  bus,
  log,
  groups,
}: {
  bus: Pick<EventBus, 'deadLetters'>
  log: Logger
  /** Of the services as they are now; there may be dead letters of older ones. */
  groups: readonly string[]
}): Implementation<(typeof operationsContract)['endpoints']> {
  const { deadLetters } = bus
  const note = ({ caller, correlationId }: CallRequest, what: object, message: string) =>
    log.warn({ ...what, userId: caller.userId, correlationId, audit: true }, message)

  return implement(operationsContract, {
    handlers: {
      async listDeadLetters({ group, cursor, limit }) {
        const after = cursor === undefined ? undefined : readLetterCursor(cursor)
        if (cursor !== undefined && !after) return badCursor()
        const found = await deadLetters.list({ group, after, limit: limit + 1 })
        const items = found.slice(0, limit).map(lineOf)
        const last = items.at(-1)
        return { items, nextCursor: found.length > limit && last ? writeLetterCursor(last) : null }
      },
      async showDeadLetter({ group, eventId }, request) {
        const letter = await deadLetters.show(group, eventId)
        if (!letter) return fail('not-found')
        note(request, { group, eventId }, 'a dead letter was read')
        const { occurredAt, correlationId, payload } = letter.event
        return { ...lineOf(letter), occurredAt, correlationId, payload }
      },
      async replayDeadLetter({ group, eventId }, request) {
        const replayed = await deadLetters.replay(group, eventId)
        if (replayed === 0 && !groups.includes(group)) return fail('not-found')
        note(request, { group, eventId, replayed }, 'a dead letter was given to its group again')
        return { replayed }
      },
      async replayDeadLetters({ group }, request) {
        const replayed = await deadLetters.replay(group)
        if (replayed === 0 && !groups.includes(group)) return fail('not-found')
        note(request, { group, replayed }, 'the dead letters of a group were given to it again')
        return { replayed }
      },
      async dropDeadLetter({ group, eventId }, request) {
        const dropped = await deadLetters.drop(group, eventId)
        note(request, { group, eventId, dropped }, 'a dead letter was dropped')
        return reply(204, undefined)
      },
    },
  })
}

function lineOf({ group, event, reason, attempts, diedAt }: DeadLetter) {
  return { group, eventId: event.id, event: event.name, key: event.key, reason, attempts, diedAt }
}

/** Looks once in a while how much waits for these groups and how much is dead: nobody who scrapes metrics waits for it. */
export function backlogJob(
  bus: Pick<EventBus, 'backlog'>,
  metrics: Metrics,
  groups: readonly string[] = [],
): Job {
  const waiting = metrics.gauge('marquee_events_waiting', 'Events that wait for a group', ['group'])
  const dead = metrics.gauge('marquee_events_dead', 'Dead letters of a group', ['group'])
  const up = metrics.gauge(
    'marquee_events_bus_up',
    'Whether the bus said how much waits when it was last asked',
  )
  const seen = new Set(groups)
  return every('sample-backlog', { milliseconds: sampleMilliseconds }, async () => {
    const now = await bus.backlog().catch((error: unknown) => {
      up.set(0)
      throw error
    })
    up.set(1)
    for (const group of Object.keys(now)) seen.add(group)
    for (const group of seen) {
      waiting.set({ group }, now[group]?.waiting ?? 0)
      dead.set({ group }, now[group]?.dead ?? 0)
    }
  })
}
