import type { Order } from '@marquee/contracts/booking'
import { shortCodeOf, spelled } from '@marquee/contracts/short-code'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { calendarDayOf, clockOf, dayInWords } from '../../util/dates.ts'
import { NightNote } from './night-note.tsx'

export type StubTicket = {
  id: string
  show: Order['show']
  seat: Order['seats'][number]
  status: 'valid' | 'admitted' | 'refunded'
  admittedAt: string | null
  qr?: { size: number; path: string }
}

/** The ticket: a stub with its perforation. Admitted, it tears. */
export function Stub({ ticket, heading = 'h2' }: { ticket: StubTicket; heading?: 'h1' | 'h2' }) {
  const { t, i18n } = useTranslation('booking')
  const { show, seat, status, qr } = ticket
  const Heading = heading
  const [was] = useState(status)
  const tearing = was === 'valid' && status === 'admitted'
  const type = seat.ticketTypeName ?? t(`type.${seat.ticketType}`, { defaultValue: capital(seat.ticketType) })
  return (
    <article
      className="stub"
      data-status={status}
      data-tearing={tearing || undefined}
      aria-label={t('stub.label', { row: seat.row, number: seat.number })}
    >
      <div className="stub-main">
        <div className="stub-when">
          <span>{dayInWords(calendarDayOf(show.localStart), i18n.language, 'long')}</span>
          <span>{clockOf(show.localStart)}</span>
        </div>
        <NightNote localStart={show.localStart} className="stub-night" />
        <Heading className="stub-title">
          <bdi>{show.movieTitle}</bdi>
        </Heading>
        <dl className="stub-seat">
          <div>
            <dt>{t('stub.row')}</dt>
            <dd>{seat.row}</dd>
          </div>
          <div>
            <dt>{t('stub.seat')}</dt>
            <dd>{seat.number}</dd>
          </div>
        </dl>
        <p className="stub-where">
          <bdi>{show.screenName}</bdi>
          <bdi>{show.theaterName}</bdi>
          <span>{show.theaterAddress}</span>
        </p>
      </div>
      <div className="stub-tail">
        {qr && status !== 'refunded' ? (
          <>
            <svg
              viewBox={`0 0 ${qr.size} ${qr.size}`}
              className="stub-code"
              role="img"
              aria-label={t('stub.code')}
              shapeRendering="crispEdges"
            >
              <rect width="100%" height="100%" fill="#fff" />
              <path d={qr.path} fill="#000" />
            </svg>
            <ShortCode ticketId={ticket.id} />
          </>
        ) : null}
        <p className="stub-type">
          <bdi>{type}</bdi>
        </p>
        <p className="stub-status" role="status">
          {status === 'admitted' ? <Admitted at={ticket.admittedAt} timeZone={show.timeZone} /> : null}
          {status === 'refunded' ? t('stub.refunded') : null}
        </p>
      </div>
    </article>
  )
}

/** For a QR that cannot be scanned. Read aloud, it is spelled. */
function ShortCode({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation('booking')
  const code = shortCodeOf(ticketId)
  return (
    <p className="stub-short">
      <span aria-hidden="true" className="select-all">
        {code}
      </span>
      <span className="sr-only select-none">{t('stub.short', { code: spelled(code) })}</span>
    </p>
  )
}

function Admitted({ at, timeZone }: { at: string | null; timeZone: string }) {
  const { t, i18n } = useTranslation('booking')
  if (!at) return t('stub.admitted')
  const clock = new Intl.DateTimeFormat(i18n.language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  })
  return t('stub.admittedAt', { clock: clock.format(new Date(at)) })
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1).replaceAll('-', ' ')
