import type { Database } from '@marquee/kit/sql'
import type { OneTimeLinks } from './one-time-links.ts'
import { countMailed, lockWaiting, settleRequest } from './reset-request-store.ts'
import { findByEmail } from './user-store.ts'

type Deps = { db: Database; links: OneTimeLinks; mailsAnHour: () => number }

const atOnce = 50

/**
 * Mails the links that were asked for, later than the answer, so that its time says nothing of who has an account.
 * What is too much for one mailbox is dropped in silence.
 */
export function createMailResetLinks({ db, links, mailsAnHour }: Deps) {
  const mailSome = () =>
    db.transaction(async (tx) => {
      const waiting = await lockWaiting(tx, atOnce)
      // In one order everywhere, so that instances that count for the same addresses do not wait for each other.
      const inOrder = waiting.toSorted((a, b) => (a.subject < b.subject ? -1 : 1))
      for (const { id, subject, email } of inOrder) {
        const user = await findByEmail(tx, email)
        const mayMail = user !== undefined && (await countMailed(tx, subject)) < mailsAnHour()
        if (mayMail) await links.mail(tx, user, 'reset-password')
        await settleRequest(tx, id, mayMail)
      }
      return waiting.length
    })
  return async (): Promise<void> => {
    while ((await mailSome()) === atOnce);
  }
}
