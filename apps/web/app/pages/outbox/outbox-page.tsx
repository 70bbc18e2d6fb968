import { useTranslation } from 'react-i18next'
import { Link, type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { found } from '../../api/load.ts'
import { apiOf } from '../../context.ts'
import { EmptyState } from '../../ui/states.tsx'
import { MailView } from './mail-view.tsx'

/** Demo mode only: the API answers 404 otherwise, and so does this page. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { notifications } = apiOf(context)
  const mails = await found(notifications.attempt.listOutbox({ limit: 50 }))
  const chosen = new URL(request.url).searchParams.get('mail') ?? mails.items[0]?.id
  const mail = chosen ? await found(notifications.attempt.getOutboxMail({ mailId: chosen })) : undefined
  return { mails: mails.items, mail }
}

export default function OutboxPage() {
  const { t } = useTranslation('site')
  const { mails, mail } = useLoaderData<typeof loader>()
  return (
    <div className="page pt-6 md:pt-10">
      <title>{`${t('outbox.title')} · Marquee`}</title>
      <meta name="robots" content="noindex" />
      <h1>{t('outbox.title')}</h1>
      <p className="mt-3 text-quiet">{t('outbox.lead')}</p>
      {mail ? (
        <div className="mt-8 grid gap-x-12 gap-y-8 border-line border-t md:grid-cols-[20rem_minmax(0,1fr)]">
          <nav aria-label={t('outbox.choose')}>
            <ul>
              {mails.map((one) => (
                <li key={one.id} className="border-line border-b">
                  <Link
                    to={`?mail=${one.id}`}
                    preventScrollReset
                    aria-current={one.id === mail.id ? 'true' : undefined}
                    className="block py-3 no-underline hover:text-accent aria-[current]:font-semibold"
                  >
                    <span className="block">{one.subject}</span>
                    <span className="small-print">
                      {one.to}, {t(`outbox.status.${one.status}`)}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <MailView mail={mail} />
        </div>
      ) : (
        <div className="mt-8">
          <EmptyState title={t('outbox.none')}>{t('outbox.noneText')}</EmptyState>
        </div>
      )}
    </div>
  )
}
