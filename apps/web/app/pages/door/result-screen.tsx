import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clockOf } from '../../util/dates.ts'
import type { DoorShow } from './door-types.ts'
import type { Scanned } from './use-door.ts'
import { whatWasTyped } from './what-was-typed.ts'

const looks: Record<Scanned['result'], 'good' | 'again' | 'bad'> = {
  admitted: 'good',
  'already-admitted': 'again',
  'wrong-show': 'bad',
  refunded: 'bad',
  invalid: 'bad',
  conflict: 'bad',
}
const signs = {
  good: 'M4 13l6 6L21 5',
  again: 'M4 2.6v7h7M4.3 9.6a8.3 8.3 0 1 1-.3 4.8',
  bad: 'M5 5l14 14M19 5L5 19',
}

type Props = { scanned: Scanned | undefined; checking: boolean; prices: DoorShow['prices'] }

/** The answer, readable across a dark foyer: a sign, a word, a seat. */
export function ResultScreen({ scanned, checking, prices }: Props) {
  const { t } = useTranslation('door')
  // The same element for all answers: a screen reader tells what changes within.
  return (
    <div aria-live="assertive" aria-atomic="true">
      {scanned ? (
        <Result key={scanned.turn} scanned={scanned} prices={prices} />
      ) : (
        <div className="result" data-look="none">
          <p className="result-word">{t(checking ? 'result.checking' : 'result.ready')}</p>
        </div>
      )}
    </div>
  )
}

function Result({ scanned, prices }: { scanned: Scanned; prices: DoorShow['prices'] }) {
  const { t } = useTranslation('door')
  const look = looks[scanned.result]
  const { ticket } = scanned
  const why = scanned.result === 'invalid' ? whyNot(scanned) : undefined
  const type = prices.find((price) => price.ticketType === ticket?.ticketType)
  const proof = ticket?.proof ?? type?.proof
  return (
    <div className="result" data-look={look}>
      <svg viewBox="0 0 24 24" className="result-sign" aria-hidden="true">
        <path d={signs[look]} />
      </svg>
      <div className="min-w-0">
        <p className="result-word">{t(`result.${scanned.result}`)}</p>
        {why ? <p className="result-type">{t(`result.why.${why}`)}</p> : null}
        {scanned.result === 'already-admitted' && scanned.admittedAt ? <Ago at={scanned.admittedAt} /> : null}
        {ticket ? (
          <>
            <p className="result-seat">
              {ticket.row} {ticket.number}
            </p>
            <p className="result-type">{[type?.name ?? ticket.ticketTypeName].filter(Boolean).join(', ')}</p>
          </>
        ) : null}
        {scanned.result === 'admitted' && proof ? (
          <p className="result-proof">{t('result.proof', { proof })}</p>
        ) : null}
        {scanned.result === 'wrong-show' && ticket ? (
          <p className="result-type">
            {t('result.goTo', {
              clock: clockOf(ticket.localStart),
              movie: ticket.movieTitle,
              screen: ticket.screenName,
            })}
          </p>
        ) : null}
        {scanned.offline ? <p className="result-note">{t('result.offline')}</p> : null}
      </div>
    </div>
  )
}

/** What somebody who typed can do about it. */
function whyNot({ code, offline, elsewhere }: Scanned) {
  if (elsewhere) return 'elsewhere'
  const typed = whatWasTyped(code)
  return typed === 'short-code' && offline ? 'unlisted' : typed
}

/** "8 s ago", counting on. */
function Ago({ at }: { at: string }) {
  const { t } = useTranslation('door')
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.round((now - Date.parse(at)) / 1000))
  const words =
    seconds < 60
      ? t('ago.seconds', { count: seconds })
      : seconds < 3600
        ? t('ago.minutes', { count: Math.floor(seconds / 60) })
        : t('ago.hours', { count: Math.floor(seconds / 3600) })
  // The count goes on by eye only; read out once is enough.
  return (
    <p className="result-ago" aria-live="off">
      {words}
    </p>
  )
}
