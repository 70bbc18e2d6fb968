import { guarded } from '@marquee/kit/resilience'
import type { Metrics } from '@marquee/kit/telemetry'
import { createTransport, type SendMailOptions } from 'nodemailer'
import type { Mail } from './templates/mail.ts'

/** Hands a made mail to the outside; `kept` where there is no outside. */
export type SendMail = { send(messageId: string, mail: Mail): Promise<'sent' | 'kept'>; close(): void }

const patience = 20_000
const longestSend = 60_000

/** Sends by SMTP, or keeps mails on this machine when no server is configured. */
export function createSendMail({
  smtpUrl,
  from,
  atOnce,
  metrics,
}: {
  smtpUrl: string | undefined
  from: string
  atOnce: number
  metrics: Metrics
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
  // Never tried twice in a row: whether a letter was taken is not always known, and it is tried again later anyway.
  const post = guarded(
    {
      name: 'smtp.send',
      deadlineMilliseconds: longestSend,
      atOnce: { calls: atOnce, waiting: atOnce * 4 },
      breaker: { failures: 5, restMilliseconds: 5000 },
      isFailure: isUnwell,
      metrics,
    },
    (_signal, letter: SendMailOptions) => transport.sendMail(letter),
  )
  return {
    async send(messageId, { to, subject, text, html, attach }) {
      const attachments = (await attach()).map(({ filename, contentType, content, cid }) => ({
        filename,
        contentType,
        content,
        ...(cid ? { cid } : {}),
      }))
      await post({ messageId, from, to, subject, text, html, attachments })
      return 'sent'
    },
    close: () => transport.close(),
  }
}

/** Sends by the server of the moment: its address holds a password, and those change. */
export function followServer(
  current: () => string | undefined,
  make: (smtpUrl: string | undefined) => SendMail,
): SendMail {
  let address = current()
  let sender = make(address)
  return {
    send(messageId, mail) {
      if (current() !== address) {
        sender.close()
        address = current()
        sender = make(address)
      }
      return sender.send(messageId, mail)
    },
    close: () => sender.close(),
  }
}

/** Nobody of that address lives where it leads: asking again would only annoy the server. */
export function isNobody(error: unknown): error is Error {
  if (!isRefusal(error) || error.command !== 'RCPT TO') return false
  const [, status] = /^5\d\d[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(error.response) ?? []
  return status ? aboutRecipient.test(status) : [550, 551, 553].includes(error.responseCode)
}

// RFC 3463: 5.1.7 and 5.1.8 are about our own address, which many servers judge no sooner than the recipient's.
const aboutRecipient = /^5\.1\.(?![78]$)/

/** A letter that is refused for good says nothing of the server's health; a refused recipient may be us who are refused. */
const isUnwell = (error: unknown): boolean =>
  !isRefusal(error) || (error.command === 'RCPT TO' && !isNobody(error))

type Refusal = Error & { command: unknown; response: string; responseCode: number }

const isRefusal = (error: unknown): error is Refusal =>
  error instanceof Error &&
  'command' in error &&
  'response' in error &&
  typeof error.response === 'string' &&
  'responseCode' in error &&
  typeof error.responseCode === 'number' &&
  error.responseCode >= 500
