import { bookingContract } from '@marquee/contracts/booking'
import { identityContract } from '@marquee/contracts/identity'
import { notificationsContract } from '@marquee/contracts/notifications'
import { reviewsContract } from '@marquee/contracts/reviews'
import { every } from '@marquee/kit/events'
import { defineService } from '@marquee/kit/service'
import { notificationsConfig } from './config.ts'
import { createDeliverMails } from './deliver-mails.ts'
import { createForgetOld } from './forget-old.ts'
import { createMakeMail } from './make-mail.ts'
import { createNotificationsMetrics } from './metrics.ts'
import { onAccounts, onErasure } from './on-accounts.ts'
import { onCommunity } from './on-community.ts'
import { onOrders } from './on-orders.ts'
import { onRatings } from './on-ratings.ts'
import { createOutbox } from './outbox.ts'
import { createRoutes } from './routes.ts'
import { createSendMail, followServer } from './send-mail.ts'

export const notifications = defineService({
  name: 'notifications',
  contract: notificationsContract,
  config: notificationsConfig,
  migrations: new URL('../migrations/', import.meta.url),
  start: async ({ config, db, reads, events, ids, clock, log, metrics, connect, origin, demo }) => {
    const { atOnce, giveUpDays } = config
    const make = createMakeMail({
      booking: connect(bookingContract),
      identity: connect(identityContract),
      origin,
      now: clock.now,
    })
    const sender = followServer(
      () => config.smtpUrl,
      (smtpUrl) => createSendMail({ smtpUrl, from: config.from, atOnce, metrics }),
    )
    const deliver = createDeliverMails({
      db,
      make,
      sender,
      events,
      ids,
      log,
      metrics: createNotificationsMetrics(metrics),
      atOnce,
      giveUpDays,
      forget: !demo,
    })
    const queueing = {
      ids,
      messageIdOf: (kind: string, subject: string) => `<${kind}.${subject}@${new URL(origin).hostname}>`,
    }
    return {
      implementation: createRoutes({
        db,
        reads,
        outbox: demo ? createOutbox({ db, make, deliver }) : undefined,
      }),
      subscriptions: [
        onOrders(queueing),
        onAccounts(queueing),
        onCommunity({ ids, reviews: connect(reviewsContract) }),
        onRatings(),
        onErasure(),
      ],
      jobs: [
        every('deliver-mails', { milliseconds: 500 }, deliver.due),
        every('forget-old', { milliseconds: 3_600_000 }, createForgetOld(db, config)),
      ],
      stop: async () => sender.close(),
    }
  },
})
