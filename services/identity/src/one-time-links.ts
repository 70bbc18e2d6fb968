import { accountMailRequested } from '@marquee/contracts/identity'
import type { Publisher } from '@marquee/kit/events'
import type { Ids } from '@marquee/kit/service'
import type { Transaction } from '@marquee/kit/sql'
import { hashOf } from './secret-tokens.ts'
import type { UserRow } from './user.ts'

export type LinkKind = 'verify-email' | 'reset-password'
type Deps = { events: Publisher; ids: Ids; linkMinutes: number }
type Addressee = Pick<UserRow, 'id' | 'name' | 'email' | 'version'>

/** Links that are mailed and work once. Only the newest of a kind works. */
export function createOneTimeLinks({ events, ids, linkMinutes }: Deps) {
  return {
    async mail(tx: Transaction, user: Addressee, kind: LinkKind): Promise<void> {
      const token = ids.secret()
      await tx.query('delete from one_time_tokens where user_id = $1 and kind = $2', [user.id, kind])
      await tx.query(
        'insert into one_time_tokens (hash, user_id, kind, expires_at) values ($1, $2, $3, clock() + make_interval(mins => $4))',
        [hashOf(token), user.id, kind, kind === 'verify-email' ? linkMinutes * 24 : linkMinutes],
      )
      await tell(tx, user, kind, token)
    },
    tell,
    /** Uses a link up; answers whose it was. */
    async take(tx: Transaction, token: string, kind: LinkKind): Promise<string | undefined> {
      const { rows } = await tx.query<{ user_id: string }>(
        'delete from one_time_tokens where hash = $1 and kind = $2 and expires_at > clock() returning user_id',
        [hashOf(token), kind],
      )
      return rows[0]?.user_id
    },
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
