import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { data, Link, type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { send } from '../../api/browser.ts'
import { apiOf } from '../../context.ts'
import { Button } from '../../ui/button.tsx'
import { paths } from '../../util/path-builder.ts'
import './booking.css'
import { keepOffline } from '../../util/offline.ts'
import { Locked } from './locked.tsx'
import { qrOf } from './qr.server.ts'
import './stub.css'
import { Stub, type StubTicket } from './stub.tsx'
import './texts.ts'

const lookEvery = 2000

export async function loader({ params, context }: LoaderFunctionArgs) {
  const ticketId = params.ticketId ?? ''
  const outcome = await apiOf(context).booking.attempt.getTicket({ ticketId })
  if (outcome.ok) return { ticket: outcome.value, qr: qrOf(outcome.value.code), ticketId }
  if (outcome.status === 401 || outcome.status === 403) return { ticket: null, qr: null, ticketId }
  throw data(null, { status: outcome.status === 422 ? 404 : outcome.status })
}

export default function TicketPage() {
  const { ticket, qr, ticketId } = useLoaderData<typeof loader>()
  if (!ticket || !qr) return <Locked next={paths.ticket(ticketId)} />
  return <Ticket first={{ ...ticket, qr }} orderId={ticket.orderId} />
}

function Ticket({ first, orderId }: { first: StubTicket; orderId: string }) {
  const { t } = useTranslation('booking')
  const ticket = useWatchedTicket(first)
  return (
    <div className="page pt-8 pb-16">
      <title>{`${t('stub.label', ticket.seat)}, ${ticket.show.movieTitle} · Marquee`}</title>
      <Stub ticket={ticket} heading="h1" />
      <div className="no-print mt-8 flex flex-wrap gap-3">
        <a className="button" href={`/api/orders/${orderId}/calendar.ics`} download>
          {t('confirmed.calendar')}
        </a>
        <Button onClick={() => window.print()}>{t('confirmed.print')}</Button>
        <Link className="button button-quiet" to={paths.order(orderId)}>
          {t('stub.order')}
        </Link>
      </div>
      <p className="no-print small-print mt-4 max-w-prose">{t('stub.offline')}</p>
    </div>
  )
}

/** Looks now and then whether the door has admitted it; without a network the ticket stays as it is. */
function useWatchedTicket(first: StubTicket): StubTicket {
  const [ticket, setTicket] = useState(first)
  useEffect(() => {
    keepOffline([paths.ticket(first.id)])
  }, [first.id])
  useEffect(() => {
    if (ticket.status !== 'valid') return
    const leaving = new AbortController()
    const timer = setInterval(() => {
      if (document.visibilityState === 'hidden') return
      send<StubTicket>('GET', `/api/tickets/${first.id}`, { signal: leaving.signal }).then(
        (answer) => {
          if (answer.ok && answer.value.status !== 'valid') {
            const { status, admittedAt } = answer.value
            setTicket((now) => ({ ...now, status, admittedAt }))
          }
        },
        () => undefined,
      )
    }, lookEvery)
    return () => {
      leaving.abort()
      clearInterval(timer)
    }
  }, [first.id, ticket.status])
  return ticket
}
