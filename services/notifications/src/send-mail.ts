import { createTransport } from 'nodemailer'
import type { Mail } from './templates/mail.ts'

/** Hands a made mail to the outside; `kept` where there is no outside. */
export type SendMail = { send(messageId: string, mail: Mail): Promise<'sent' | 'kept'>; close(): void }

const patience = 20_000

/** Sends by SMTP, or keeps mails on this machine when no server is configured. */
export function createSendMail({
  smtpUrl,
  from,
  atOnce,
}: {
  smtpUrl: string | undefined
  from: string
  atOnce: number
}): SendMail {
  if (!smtpUrl) return { send: async () => 'kept', close: () => {} }
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: atOnce,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
  })
  return {
    async send(messageId, { to, subject, text, html, attach }) {
      await transport.sendMail({
        messageId,
        from,
        to,
        subject,
        text,
        html,
        attachments: (await attach()).map(({ filename, contentType, content, cid }) => ({
          filename,
          contentType,
          content,
          ...(cid ? { cid } : {}),
        })),
      })
      return 'sent'
    },
    close: () => transport.close(),
  }
}
