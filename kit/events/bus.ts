import type { GroupDeclaration } from '../contract/index.ts'
import type { Envelope } from './envelope.ts'

/** What became of one event in a consumer's hands. */
export type Outcome = { ok: true } | { ok: false; error: unknown }

/** A group's way of taking events: one outcome for each, in the same order. */
export type Consume = {
  /** The most events handed over at once. */
  batchSize: number
  handle: (events: Envelope[]) => Promise<Outcome[]>
}

/** An event that a group could not take, however often it was tried. */
export type DeadLetter = {
  group: string
  event: Envelope
  /** The last error. */
  reason: string
  attempts: number
  /** RFC 3339. */
  diedAt: string
}

export type DeadLetters = {
  /** Latest first; 100 unless told. `after` is the last one of the page before. */
  list(filter?: {
    group?: string | undefined
    limit?: number
    after?: { diedAt: string; eventId: string } | undefined
  }): Promise<DeadLetter[]>
  show(group: string, eventId: string): Promise<DeadLetter | undefined>
  /** Gives them to the group once more; says how many there were. Without `eventId`, all of the group's. */
  replay(group: string, eventId?: string): Promise<number>
  drop(group: string, eventId: string): Promise<boolean>
}

/**
 * Brings events to consumer groups, at least once each. A failed one is tried again after seconds, minutes,
 * hours, for days; then it is a dead letter.
 */
export type EventBus = {
  /** Makes the groups known, so that what is published from now on waits for them. */
  declare(groups: readonly GroupDeclaration[]): Promise<void>
  /** Resolves once every group that wants them is sure to get them. Delivering one again is no harm. */
  deliver(events: readonly Envelope[]): Promise<void>
  /**
   * Starts to take a group's events; the group must be declared. Stops with `stop`, or with the function returned. What
   * only a newer version of the group takes waits for that; what its newest version does not take any more is let go.
   */
  consume(group: string, how: Consume): () => Promise<void>
  /** For tests: lets every consumer of this process work until nothing is left to do now; says how much was. */
  drain(): Promise<number>
  /** For tests: gives up on consumers that are gone, and makes what waits to be tried again due at once. */
  hurry(): Promise<void>
  deadLetters: DeadLetters
  /**
   * Where a bus can lose what it confirmed: an id that stays as long as it remembers. Relays keep what they delivered,
   * and deliver it again to another memory.
   */
  memory?: () => Promise<string>
  /** How many wait and how many are dead, by group. */
  backlog(): Promise<Record<string, { waiting: number; dead: number }>>
  /** Lets the work in hand finish, then closes. */
  stop(): Promise<void>
}
