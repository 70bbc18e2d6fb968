import type { identityContract } from '@marquee/contracts/identity'
import { reviewsPeopleGroup } from '@marquee/contracts/reviews'
import type { Client } from '@marquee/kit/contract'
import { on, type Subscription } from '@marquee/kit/events'
import type { Database, Transaction } from '@marquee/kit/sql'
import {
  erasePerson,
  findByHandle,
  findPeople,
  type Known,
  keepPeople,
  lockHandle,
  type Person,
} from './people-store.ts'

type Deps = { db: Database; identity: Client<(typeof identityContract)['endpoints']> }

/** People as this service knows them. */
export type PeopleCopy = {
  /** Erased people are missing; who is not copied yet is asked for once. */
  find: (userIds: readonly string[]) => Promise<Map<string, Person>>
  byHandle: (handle: string) => Promise<Person | undefined>
}

export function createPeopleCopy({ db, identity }: Deps): PeopleCopy {
  return {
    async find(userIds) {
      const known = await findPeople(db, userIds)
      const missing = [...new Set(userIds)].filter((id) => !known.has(id))
      if (missing.length > 0) {
        const { items } = await identity.asService().findUsers({ ids: missing.slice(0, 1000) })
        if (items.length > 0) {
          await keepPeople(db, items.map(fromIdentity))
          for (const [id, person] of await findPeople(db, missing)) known.set(id, person)
        }
      }
      return new Map([...known].filter(([, person]) => !person.erased))
    },
    byHandle: (handle) => findByHandle(db, handle),
  }
}

// Version 0: whatever identity announces is newer.
const fromIdentity = ({ id, handle, name }: { id: string; handle: string; name: string }) => ({
  userId: id,
  version: 0,
  handle,
  name,
  joinedAt: bornAt(id),
})

/** When a UUIDv7 was made. */
export function bornAt(id: string): string {
  const milliseconds = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
  return Temporal.Instant.fromEpochMilliseconds(id[14] === '7' ? milliseconds : 0).toString()
}

/** Changes who is who here, and tells after the commit which handles mean somebody else now. */
export type Naming = {
  rename: (tx: Transaction, person: Known) => Promise<void>
  erase: (tx: Transaction, userId: string) => Promise<void>
}

/** Two groups hear of every name, in any order: whichever is first here knows the handle there was before. */
export function createNaming(onHandles: (handles: readonly string[]) => void): Naming {
  return {
    async rename(tx, person) {
      const before = await lockHandle(tx, person.userId)
      await keepPeople(tx, [person])
      tx.afterCommit(() => onHandles([...(before ? [before] : []), person.handle]))
    },
    async erase(tx, userId) {
      const before = await lockHandle(tx, userId)
      await erasePerson(tx, userId)
      if (before) tx.afterCommit(() => onHandles([before]))
    },
  }
}

/** Keeps names up to date, and lets every part forget whoever is erased. */
export function onPeople(
  forget: readonly ((tx: Transaction, userId: string) => Promise<void>)[],
  naming: Naming,
): Subscription {
  return on(reviewsPeopleGroup, {
    'user.registered.v1': async ({ payload, version, occurredAt }, tx) => {
      const { userId, handle, name } = payload
      await keepPeople(tx, [{ userId, version, handle, name, joinedAt: occurredAt }])
    },
    'user.updated.v1': ({ payload, version }, tx) =>
      naming.rename(tx, { ...payload, version, joinedAt: bornAt(payload.userId) }),
    'user.erased.v1': async ({ payload: { userId } }, tx) => {
      await naming.erase(tx, userId)
      for (const part of forget) await part(tx, userId)
    },
  })
}
