import { randomBytes, randomUUIDv7 } from 'node:crypto'

/** Where time comes from. PostgreSQL's clock judges holds; this one is for everything else. */
export type Clock = { now(): Temporal.Instant }

export const systemClock: Clock = { now: () => Temporal.Now.instant() }

/** Where ids and secrets come from. */
export type Ids = {
  /** A UUIDv7: later ones sort later. */
  uuid(): string
  /** Unguessable, base64url; 32 bytes unless told. */
  secret(bytes?: number): string
}

export const systemIds: Ids = {
  uuid: () => randomUUIDv7(),
  secret: (bytes = 32) => randomBytes(bytes).toString('base64url'),
}
