import { useTranslation } from 'react-i18next'

type Attachment = { filename: string; contentType: string; content: string }
type Mail = { subject: string; to: string; text: string; html: string; attachments: Attachment[] }

/** One mail: its words with links that work, and how it looks, shut in a frame without scripts. */
export function MailView({ mail }: { mail: Mail }) {
  const { t } = useTranslation('site')
  return (
    <article className="min-w-0 py-4">
      <h2>{mail.subject}</h2>
      <p className="mt-1 text-quiet">{t('outbox.to', { address: mail.to })}</p>
      <p className="mt-6 max-w-prose whitespace-pre-wrap [overflow-wrap:anywhere]">{withLinks(mail.text)}</p>
      {mail.attachments.length > 0 ? (
        <section className="mt-6">
          <h3>{t('outbox.attachments')}</h3>
          <ul className="flex flex-wrap gap-x-5">
            {mail.attachments.map((file) => (
              <li key={file.filename}>
                <a
                  className="choice underline"
                  download={file.filename}
                  href={`data:${file.contentType};base64,${file.content}`}
                >
                  {file.filename}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <h3 className="mt-8">{t('outbox.asSeen')}</h3>
      <iframe
        title={t('outbox.asSeen')}
        sandbox=""
        srcDoc={mail.html}
        className="mt-3 h-[36rem] w-full border border-line bg-white"
      />
    </article>
  )
}

function withLinks(text: string) {
  return text.split(/(https?:\/\/[^\s<>"]+)/).map((part, at) =>
    at % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text never change places
      <a key={at} href={part}>
        {part}
      </a>
    ) : (
      part
    ),
  )
}
