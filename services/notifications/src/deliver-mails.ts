import { notificationSent } from '@marquee/contracts/notifications'
import type { Publisher } from '@marquee/kit/events'
import { crashPoint, GuardError } from '@marquee/kit/resilience'
import type { Ids } from '@marquee/kit/service'
import type { Database } from '@marquee/kit/sql'
import type { Logger } from '@marquee/kit/telemetry'
import { isErased, type MailRow, settleMail, takeDue, tryLater, wasErased } from './mail-store.ts'
import type { MakeMail } from './make-mail.ts'
import type { NotificationsMetrics } from './metrics.ts'
import { readPreferences, tell } from './notification-store.ts'
import { isNobody, type SendMail } from './send-mail.ts'
import type { Mail } from './templates/mail.ts'

type Deps = {
  db: Database
  make: MakeMail
  sender: SendMail
  events: Publisher
  ids: Ids
  log: Logger
  metrics: NotificationsMetrics
  atOnce: number
  giveUpDays: number
  /** Kept mails keep nothing they were made from, because nobody can read them. */
  forget: boolean
}

const handfuls = 4

type End = { status: 'sent' | 'kept' | 'failed'; reason?: string }

/**
 * Only word of a refund that somebody asked for may be declined: not the tickets, nor that a show was moved, nor that a show
 * or seats are gone.
 */
const isDeclinable = ({ kind, payload }: MailRow): boolean =>
  kind === 'order-refunded' && payload.reason === 'requested'

/** Sends what is due. A mail that cannot go out now is tried again for days, with the same Message-ID. */
export function createDeliverMails({
  db,
  make,
  sender,
  events,
  ids,
  log,
  metrics,
  atOnce,
  giveUpDays,
  forget,
}: Deps) {
  return { due, one }

  /** A few handfuls at a time, so that a wave of bookings is sold before it is mailed. */
  async function due(): Promise<number> {
    let sent = 0
    for (let handful = 0; handful < handfuls; handful += 1) {
      // No more than go out at once: what waited for its turn would be sent by others when its time is over.
      const rows = await takeDue(db, atOnce)
      await Promise.all(rows.map(one))
      sent += rows.length
      if (rows.length < atOnce) break
    }
    return sent
  }

  async function one(row: MailRow): Promise<void> {
    try {
      const mail = await make(row)
      if (mail.userId && (await wasErased(db, mail.userId))) mail.to = ''
      const outcome = await outcomeOf(row, mail)
      crashPoint('notifications.mail.sent')
      await settle(row, mail, outcome)
      metrics.mail(row.kind, outcome.status)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      log.warn(
        { err: error, mail: row.id, kind: row.kind, attempts: row.attempts },
        'a mail could not go out; it is tried again',
      )
      metrics.mail(row.kind, 'delayed')
      const tried = !(error instanceof GuardError && error.code === 'resting')
      await tryLater(db, { id: row.id, reason, giveUpDays, tried })
    }
  }

  async function outcomeOf(row: MailRow, mail: Mail): Promise<End> {
    if (mail.needless !== undefined) return { status: 'failed', reason: mail.needless }
    if (!mail.to) return { status: 'failed', reason: 'nobody to send it to' }
    if (mail.userId && isDeclinable(row) && !(await readPreferences(db, mail.userId)).email)
      return { status: 'failed', reason: 'it was declined' }
    try {
      return { status: await sender.send(row.message_id, mail) }
    } catch (error) {
      if (!isNobody(error)) throw error
      log.warn({ err: error, mail: row.id, kind: row.kind }, 'a mail has nobody to go to')
      return { status: 'failed', reason: error.message }
    }
  }

  async function settle(row: MailRow, mail: Mail, { status, reason }: End): Promise<void> {
    await db.transaction(async (tx) => {
      const erased = mail.userId !== null && (await isErased(tx, mail.userId))
      const { subject, notice } = mail
      const to = erased ? '' : mail.to
      const userId = erased ? null : mail.userId
      await settleMail(tx, {
        id: row.id,
        status,
        forget: forget || erased,
        to,
        subject,
        userId,
        ...(reason === undefined ? {} : { reason }),
      })
      if (userId && notice)
        await tell(tx, { id: ids.uuid(), userId, source: row.message_id, kind: row.kind, ...notice })
      if (status !== 'failed')
        await events.publish(
          tx,
          notificationSent,
          { notificationId: row.id, userId, kind: row.kind },
          { key: row.id },
        )
    })
  }
}
export type DeliverMails = ReturnType<typeof createDeliverMails>
