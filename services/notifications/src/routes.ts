import { notificationsContract } from '@marquee/contracts/notifications'
import { badCursor, type CallRequest, fail, implement, reply } from '@marquee/kit/contract'
import type { Reads } from '@marquee/kit/service'
import type { Database } from '@marquee/kit/sql'
import { z } from 'zod'
import { countMails } from './mail-view.ts'
import {
  countUnread,
  listNotifications,
  markAllRead,
  markRead,
  readPreferences,
  writePreferences,
} from './notification-store.ts'
import type { createOutbox } from './outbox.ts'

type Deps = { db: Database; reads: Reads; outbox: ReturnType<typeof createOutbox> | undefined }

const myId = ({ caller }: CallRequest): string => {
  if (!caller.userId) throw new Error('a person was let in without an id')
  return caller.userId
}
const isCursor = (cursor: string | undefined): boolean =>
  cursor === undefined || z.uuid().safeParse(cursor).success

export function createRoutes({ db, reads, outbox }: Deps) {
  return implement(notificationsContract, {
    handlers: {
      listNotifications: async ({ cursor, limit }, request) => {
        if (!isCursor(cursor)) return badCursor()
        const userId = myId(request)
        const from = reads.for(request.caller)
        const [rows, unread] = await Promise.all([
          listNotifications(from, userId, { ...(cursor ? { cursor } : {}), limit }),
          countUnread(from, userId),
        ])
        const items = rows.slice(0, limit)
        return {
          items: items.map(({ created_at, read_at, ...rest }) => ({
            ...rest,
            createdAt: created_at.toString(),
            readAt: read_at?.toString() ?? null,
          })),
          nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
          unread,
        }
      },
      readNotification: async ({ notificationId }, request) =>
        (await markRead(db, myId(request), notificationId)) ? reply(204, undefined) : fail('not-found'),
      readAllNotifications: async (_input, request) => {
        await markAllRead(db, myId(request))
        return undefined
      },
      getNotificationPreferences: (_input, request) => readPreferences(db, myId(request)),
      putNotificationPreferences: async (wish, request) => {
        await writePreferences(db, myId(request), wish)
        return wish
      },
      listOutbox: async ({ to, cursor, limit }) => {
        if (!outbox) return fail('not-found')
        if (!isCursor(cursor)) return badCursor()
        return outbox.list({ ...(to ? { to } : {}), ...(cursor ? { cursor } : {}), limit })
      },
      getOutboxMail: async ({ mailId }) => (await outbox?.read(mailId)) ?? fail('not-found'),
      mailFigures: () => countMails(db),
    },
  })
}
