import { accountMailRequested } from '@marquee/contracts/identity'
import type { Publisher } from '@marquee/kit/events'
import type { Ids } from '@marquee/kit/service'
import type { Transaction } from '@marquee/kit/sql'
import { endLinks, insertLink, takeLink } from './one-time-link-store.ts'
import { hashOf } from './secret-tokens.ts'
import type { UserRow } from './user.ts'

export type LinkKind = 'verify-email' | 'reset-password'
type Deps = { events: Publisher; ids: Ids; linkMinutes: number }
type Addressee = Pick<UserRow, 'id' | 'name' | 'email' | 'version'>

/** Links that are mailed and work once. A newer one ends those before it, a minute's grace apart. */
export function createOneTimeLinks({ events, ids, linkMinutes }: Deps) {
  return {
    async mail(tx: Transaction, user: Addressee, kind: LinkKind): Promise<void> {
      const token = ids.secret()
      const minutes = kind === 'verify-email' ? linkMinutes * 24 : linkMinutes
      await insertLink(tx, { hash: hashOf(token), userId: user.id, kind, minutes })
      await tell(tx, user, kind, token)
    },
    tell,
    /** Uses a link up; answers whose it was. */
    take: (tx: Transaction, token: string, kind: LinkKind) => takeLink(tx, hashOf(token), kind),
    /** Ends those of a kind that were mailed so far. */
    end: (tx: Transaction, userId: string, kind: LinkKind) => endLinks(tx, userId, kind),
  }

  async function tell(
    tx: Transaction,
    user: Addressee,
    kind: LinkKind | 'password-changed' | 'email-already-registered',
    token?: string,
  ): Promise<void> {
    const payload = { userId: user.id, kind, email: user.email, name: user.name, ...(token ? { token } : {}) }
    await events.publish(tx, accountMailRequested, payload, { key: user.id, version: user.version })
  }
}
export type OneTimeLinks = ReturnType<typeof createOneTimeLinks>
