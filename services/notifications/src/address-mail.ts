import { notificationSent } from '@marquee/contracts/notifications'
import type { Publisher } from '@marquee/kit/events'
import type { Database, Transaction } from '@marquee/kit/sql'
import type { FindFacts, OrderFacts } from './find-facts.ts'
import type { Mail } from './mail.ts'
import { addressMail, endMail } from './mail-store.ts'
import { insertNotice, preferencesOf } from './notice-store.ts'
import { orderNotice, orderSubject } from './order-words.ts'

type Deps = { db: Database; events: Publisher; findFacts: FindFacts }
/** A mail that knows its reader; `order` when it had to be asked for. */
export type Addressed = { mail: Mail; order?: OrderFacts; wanted: boolean }

/** Finds whom an order's mail is for, once, and tells that person on the site. */
export function createAddressMail({ db, events, findFacts }: Deps) {
  return async (mail: Mail): Promise<Addressed> => {
    if (mail.to !== null) return { mail, wanted: mail.to !== '' && (await wants(mail.userId, mail)) }
    const facts = await findFacts(mail)
    if (!facts) {
      await db.transaction(async (tx) => {
        await addressMail(tx, { id: mail.id, to: '', userId: null, subject: '' })
        await endMail(tx, mail.id, { status: 'failed', forget: true, error: 'the order is gone' })
      })
      return { mail: { ...mail, to: '', subject: '', status: 'failed' }, wanted: false }
    }
    const { order, to } = facts
    const subject = orderSubject(mail, order)
    const addressed = await db.transaction(async (tx) => {
      const erased = order.userId !== null && (await isErased(tx, order.userId))
      const reader = erased ? { to: '', userId: null } : { to, userId: order.userId }
      const first = await addressMail(tx, { id: mail.id, subject, ...reader })
      if (first && reader.userId) await tell(tx, mail, order, reader.userId)
      return { ...mail, ...reader, subject }
    })
    return { mail: addressed, order, wanted: addressed.to !== '' && (await wants(addressed.userId, mail)) }
  }

  async function tell(tx: Transaction, mail: Mail, order: OrderFacts, userId: string): Promise<void> {
    const told = await insertNotice(tx, orderNotice(mail, order, userId))
    if (!told) return
    const payload = { notificationId: mail.id, userId, kind: mail.kind }
    await events.publish(tx, notificationSent, payload, { key: mail.id, version: 1 })
  }

  // Tickets, links and account matters are always mailed.
  async function wants(userId: string | null, { kind }: Pick<Mail, 'kind'>): Promise<boolean> {
    return kind !== 'order-refunded' || userId === null || (await preferencesOf(db, userId)).email
  }
}
export type AddressMail = ReturnType<typeof createAddressMail>

// Locks out an erasure that comes between: it inserts this row first and then removes what is there.
async function isErased(tx: Transaction, userId: string): Promise<boolean> {
  const { rowCount } = await tx.query('select from erased_users where user_id = $1', [userId])
  return rowCount > 0
}
