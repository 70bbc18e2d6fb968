import { Handle, userRegistered } from '@marquee/contracts/identity'
import type { Publisher } from '@marquee/kit/events'
import type { Ids } from '@marquee/kit/service'
import type { Database, Transaction } from '@marquee/kit/sql'
import { takenAddressSubject } from './failure-subjects.ts'
import type { OneTimeLinks } from './one-time-links.ts'
import type { Sessions } from './open-session.ts'
import type { PasswordHashing } from './password-hashing.ts'
import { countMailed, noteMailed } from './reset-request-store.ts'
import type { UserRow } from './user.ts'
import { findByEmail, insertUser, type NewUser } from './user-store.ts'

type Deps = {
  db: Database
  hashing: PasswordHashing
  sessions: Sessions
  links: OneTimeLinks
  events: Publisher
  ids: Ids
  /** How often an hour the owner of an address is told that somebody registers with it. */
  mailsAnHour: () => number
}
type Wish = { email: string; password: string; name: string }

/** Opens an account, logs it in and mails a link that confirms the address. */
export function createRegister({ db, hashing, sessions, links, events, ids, mailsAnHour }: Deps) {
  /** The plain handle for the first of a name, others with some letters more. */
  async function insertWithHandle(tx: Transaction, account: Omit<NewUser, 'handle'>): Promise<boolean> {
    const plain = baseHandle(account.name)
    const suffix = () =>
      ids
        .secret(6)
        .toLowerCase()
        .replaceAll(/[^a-z0-9]/g, '0')
    const handles = [
      ...(Handle.safeParse(plain).success ? [plain] : []),
      `${plain}_${suffix()}`,
      `${plain}_${suffix()}`,
    ]
    for (const handle of handles) {
      if (await insertUser(tx, { ...account, handle })) return true
      // It was the address that was taken, and no other handle helps.
      if (await findByEmail(tx, account.email)) return false
    }
    throw new Error('three handles in a row were taken')
  }

  /** Somebody else's wish must not fill a mailbox: there is a most an hour. */
  async function tellOwner(tx: Transaction, user: UserRow): Promise<void> {
    const subject = takenAddressSubject(user.email)
    if ((await countMailed(tx, subject)) >= mailsAnHour()) return
    await noteMailed(tx, ids.uuid(), subject)
    await links.tell(tx, user, 'email-already-registered')
  }

  return async ({ email, password, name }: Wish) => {
    const passwordHash = await hashing.hash(password)
    return db.transaction(async (tx) => {
      const id = ids.uuid()
      const account = { id, email, name, passwordHash, admin: false, verified: false }
      const isNew = await insertWithHandle(tx, account)
      const user = await findByEmail(tx, email)
      if (!user) throw new Error('an account that was just written cannot be read')
      if (!isNew) {
        await tellOwner(tx, user)
        return { ok: false as const, code: 'email-taken' as const }
      }
      await events.publish(
        tx,
        userRegistered,
        { userId: id, email, name, handle: user.handle },
        { key: id, version: user.version },
      )
      await links.mail(tx, user, 'verify-email')
      return { ok: true as const, session: await sessions.open(tx, user) }
    })
  }
}

/** `Zoë Müller` becomes `zoe_muller`. */
function baseHandle(name: string): string {
  const plain = name.normalize('NFKD').toLowerCase().replaceAll(/\p{M}/gu, '')
  return (
    plain
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replaceAll(/^_+|_+$/g, '')
      .slice(0, 20) || 'film_lover'
  )
}
