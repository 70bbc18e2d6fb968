import { contract, endpoint, event, group, nothing } from '@marquee/kit/contract'
import { z } from 'zod'
import {
  orderConfirmed,
  orderLinksRequested,
  orderRefunded,
  orderShowMoved,
  ticketAdmitted,
} from './booking.ts'
import { Instant, page, paging, UserId, Uuid } from './common.ts'
import { accountMailRequested, userErased } from './identity.ts'
import { ratingsRecorded, reviewCommented } from './reviews.ts'
import { watchlistShowNearby } from './watchlist.ts'

export const Notification = z.object({
  id: Uuid,
  kind: z.string(),
  title: z.string(),
  body: z.string(),
  link: z.string().nullable(),
  createdAt: Instant,
  readAt: Instant.nullable(),
})
export const NotificationPreferences = z.object({ email: z.boolean(), inApp: z.boolean() })

export const listNotifications = endpoint({
  method: 'GET',
  path: '/api/notifications',
  summary: 'What Marquee told me, newest first',
  access: ['user'],
  query: z.object({ ...paging }),
  responses: { 200: page(Notification).extend({ unread: z.int() }) },
})
export const readNotification = endpoint({
  method: 'PUT',
  path: '/api/notifications/:notificationId/read',
  summary: 'Mark as read',
  access: ['user'],
  params: z.object({ notificationId: Uuid }),
  responses: { 204: nothing },
})
export const readAllNotifications = endpoint({
  method: 'POST',
  path: '/api/notifications/read-all',
  summary: 'Mark everything as read',
  access: ['user'],
  responses: { 204: nothing },
})
export const getNotificationPreferences = endpoint({
  method: 'GET',
  path: '/api/notifications/preferences',
  summary: 'How I want to be told',
  access: ['user'],
  responses: { 200: NotificationPreferences },
})
export const putNotificationPreferences = endpoint({
  method: 'PUT',
  path: '/api/notifications/preferences',
  summary: 'Change how I want to be told; tickets are always mailed',
  access: ['user'],
  body: NotificationPreferences,
  responses: { 200: NotificationPreferences },
})
const OutboxMail = z.object({
  id: Uuid,
  messageId: z.string(),
  to: z.string(),
  subject: z.string(),
  kind: z.string(),
  status: z.enum(['queued', 'sent', 'kept', 'failed']),
  createdAt: Instant,
})
/** Demo mode only: the mails that would have gone out. */
export const listOutbox = endpoint({
  method: 'GET',
  path: '/api/dev/outbox',
  summary: 'Mails kept on this machine (demo mode only)',
  access: ['anyone'],
  query: z.object({ to: z.string().max(254).optional(), ...paging }),
  responses: { 200: page(OutboxMail) },
})
export const getOutboxMail = endpoint({
  method: 'GET',
  path: '/api/dev/outbox/:mailId',
  summary: 'One kept mail (demo mode only)',
  access: ['anyone'],
  params: z.object({ mailId: Uuid }),
  responses: {
    200: OutboxMail.extend({
      text: z.string(),
      html: z.string(),
      attachments: z.array(z.object({ filename: z.string(), contentType: z.string(), content: z.string() })),
    }),
  },
})
/** For benchmarks and operators: how many mails wait and how many went. */
export const mailFigures = endpoint({
  method: 'GET',
  path: '/internal/notifications/figures',
  summary: 'Mails by status',
  access: ['service'],
  responses: { 200: z.object({ queued: z.int(), sent: z.int(), kept: z.int(), failed: z.int() }) },
})

export const notificationSent = event(
  'notification.sent.v1',
  z.object({ notificationId: Uuid, userId: UserId.nullable(), kind: z.string() }),
)

export const orderMailGroup = group('notifications.order-mail', [
  orderConfirmed,
  orderRefunded,
  orderShowMoved,
  orderLinksRequested,
])
export const accountMailGroup = group('notifications.account-mail', [accountMailRequested])
export const noticesGroup = group('notifications.notices', [
  watchlistShowNearby,
  reviewCommented,
  ticketAdmitted,
])
/** Who rates a film before being asked how it was is not asked. */
export const ratedGroup = group('notifications.rated', [ratingsRecorded])
export const notificationsErasureGroup = group('notifications.erasure', [userErased])

export const notificationsContract = contract('notifications', {
  endpoints: {
    listNotifications,
    readNotification,
    readAllNotifications,
    getNotificationPreferences,
    putNotificationPreferences,
    listOutbox,
    getOutboxMail,
    mailFigures,
  },
  events: [notificationSent],
  groups: [orderMailGroup, accountMailGroup, noticesGroup, ratedGroup, notificationsErasureGroup],
  critical: false,
})
