import type { Database } from '@marquee/kit/sql'
import type { DeliverMails } from './deliver-mails.ts'
import { findMail, type MailRow } from './mail-store.ts'
import { listMails } from './mail-view.ts'
import type { MakeMail } from './make-mail.ts'

type Deps = { db: Database; make: MakeMail; deliver: DeliverMails }

/** The mails kept on this machine, for the demo. What still waits is made when somebody looks. */
export function createOutbox({ db, make, deliver }: Deps) {
  return {
    async list(wish: { to?: string; cursor?: string; limit: number }) {
      while ((await deliver.due()) > 0);
      const rows = await listMails(db, wish)
      const items = rows.slice(0, wish.limit)
      return {
        items: items.map(present),
        nextCursor: rows.length > wish.limit ? (items.at(-1)?.id ?? null) : null,
      }
    },
    async read(id: string) {
      const row = await findMail(db, id)
      if (!row || row.status === 'sent') return undefined
      const mail = await make(row).catch(() => undefined)
      if (!mail) return undefined
      const attachments = await mail.attach()
      const pictures = new Map(
        attachments.flatMap(({ cid, contentType, content }) =>
          cid ? [[cid, `data:${contentType};base64,${content.toString('base64')}`] as const] : [],
        ),
      )
      return {
        ...present({ ...row, to_address: row.to_address ?? mail.to, subject: row.subject ?? mail.subject }),
        text: mail.text,
        // A mail program shows attached pictures in place; a page has to be given them.
        html: mail.html.replaceAll(/cid:([\w@.-]+)/g, (whole, cid: string) => pictures.get(cid) ?? whole),
        attachments: attachments.map(({ filename, contentType, content }) => ({
          filename,
          contentType,
          content: content.toString('base64'),
        })),
      }
    },
  }
}

const present = (row: MailRow) => ({
  id: row.id,
  messageId: row.message_id,
  to: row.to_address ?? '',
  subject: row.subject ?? '',
  kind: row.kind,
  status: row.status,
  createdAt: row.created_at.toString(),
})
