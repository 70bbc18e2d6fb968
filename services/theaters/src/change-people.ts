import type { identityContract } from '@marquee/contracts/identity'
import type { Client } from '@marquee/kit/contract'
import type { Database } from '@marquee/kit/sql'
import type { Announce } from './announce.ts'
import { type PersonHere, peopleStore, type Role } from './people-store.ts'
import { theaterStore } from './theater-store.ts'

type Deps = { db: Database; announce: Announce; identity: Client<typeof identityContract.endpoints> }
type Outcome =
  | { ok: true; userId: string }
  | { ok: false; code: 'not-found' | 'last-owner' | 'unavailable' | 'no-account' }

/** Gives and takes roles at a theater; one owner always stays. */
export function createChangePeople({ db, announce, identity }: Deps) {
  const accounts = async (wanted: { ids?: string[]; emails?: string[] }) => {
    const answer = await identity.asService().attempt.findUsers(wanted)
    return answer.ok ? answer.value.items : undefined
  }

  const change = (theaterId: string, userId: string, role: Role | null, byAddress = false) =>
    db.transaction(async (tx): Promise<Outcome> => {
      const theater = await theaterStore.lock(tx, theaterId)
      if (!theater) return { ok: false, code: 'not-found' }
      const owners = await peopleStore.owners(tx, theaterId)
      if (role !== 'owner' && owners.length === 1 && owners[0] === userId)
        return { ok: false, code: 'last-owner' }
      const changed = await peopleStore.put(tx, theaterId, { userId, role })
      if (byAddress) await peopleStore.knowAddress(tx, theaterId, userId)
      if (changed) await announce.people(tx, theater, [changed])
      return !changed && role === null ? { ok: false, code: 'not-found' } : { ok: true, userId }
    })

  return {
    async put(theaterId: string, userId: string, role: Role): Promise<Outcome> {
      const found = await accounts({ ids: [userId] })
      if (!found) return { ok: false, code: 'unavailable' }
      return found.length > 0 ? change(theaterId, userId, role) : { ok: false, code: 'not-found' }
    },

    async invite(theaterId: string, email: string, role: Role): Promise<Outcome> {
      const found = await accounts({ emails: [email] })
      if (!found) return { ok: false, code: 'unavailable' }
      return found[0] ? change(theaterId, found[0].id, role, true) : { ok: false, code: 'no-account' }
    },

    remove: (theaterId: string, userId: string): Promise<Outcome> => change(theaterId, userId, null),

    /**
     * Names and addresses are identity's; while it is away, roles are shown without them. Ids are public: whoever was
     * not invited by their address has none here, or anybody could ask for it by opening a theater.
     */
    async named(people: readonly PersonHere[]) {
      const found = (await accounts({ ids: people.map((person) => person.user_id) })) ?? []
      const byId = new Map(found.map((account) => [account.id, account]))
      return people.map(({ user_id, role, by_address }) => ({
        userId: user_id,
        name: byId.get(user_id)?.name ?? '',
        email: by_address ? (byId.get(user_id)?.email ?? '') : '',
        role,
      }))
    },
  }
}
