import { accountMailGroup, notificationsErasureGroup } from '@marquee/contracts/notifications'
import { on } from '@marquee/kit/events'
import type { Ids } from '@marquee/kit/service'
import { forgetPerson, queueMail } from './mail-store.ts'

type Deps = { ids: Ids; messageIdOf: (kind: string, subject: string) => string }

/** Queues the mails that accounts ask for. */
export const onAccounts = ({ ids, messageIdOf }: Deps) =>
  on(
    accountMailGroup,
    {
      'user.mail-requested.v1': ({ id, payload }, tx) =>
        queueMail(tx, {
          id: ids.uuid(),
          messageId: messageIdOf(payload.kind, id),
          kind: payload.kind,
          payload,
          userId: payload.userId,
          to: payload.email,
        }),
    },
    { together: 50 },
  )

/** Forgets an erased person's address, what they were told, and their name in what others were. */
export const onErasure = () =>
  on(notificationsErasureGroup, { 'user.erased.v1': ({ payload }, tx) => forgetPerson(tx, payload.userId) })
