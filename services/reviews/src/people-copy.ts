import type { identityContract } from '@marquee/contracts/identity'
import { reviewsPeopleGroup } from '@marquee/contracts/reviews'
import type { Client } from '@marquee/kit/contract'
import { on, type Subscription } from '@marquee/kit/events'
import type { Database, Transaction } from '@marquee/kit/sql'
import { erasePerson, findByHandle, findPeople, keepPeople, type Person } from './people-store.ts'

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

/** Keeps names up to date, and lets every part forget whoever is erased; tells which handles mean somebody else now. */
export function onPeople(
  forget: readonly ((tx: Transaction, userId: string) => Promise<void>)[],
  onHandles: (handles: readonly string[]) => void,
): Subscription {
  const tellHandles = async (tx: Transaction, userId: string, others: readonly string[] = []) => {
    const before = (await findPeople(tx, [userId])).get(userId)
    tx.afterCommit(() => onHandles([...(before ? [before.handle] : []), ...others]))
  }

  return on(reviewsPeopleGroup, {
    'user.registered.v1': async ({ payload, version, occurredAt }, tx) => {
      const { userId, handle, name } = payload
      await keepPeople(tx, [{ userId, version, handle, name, joinedAt: occurredAt }])
    },
    'user.updated.v1': async ({ payload, version }, tx) => {
      const { userId, handle, name } = payload
      await tellHandles(tx, userId, [handle])
      await keepPeople(tx, [{ userId, version, handle, name, joinedAt: bornAt(userId) }])
    },
    'user.erased.v1': async ({ payload: { userId } }, tx) => {
      await tellHandles(tx, userId)
      await erasePerson(tx, userId)
      for (const part of forget) await part(tx, userId)
    },
  })
}
