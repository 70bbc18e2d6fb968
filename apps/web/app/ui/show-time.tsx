import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Show } from '../api/types.ts'
import { clockOf } from '../util/dates.ts'
import { languageInWords } from '../util/languages.ts'
import { paths } from '../util/path-builder.ts'

/** One screening as a button: the hour large, then what matters before choosing it. Never colour alone. */
export function ShowTime({ show, label }: { show: Show; label: string }) {
  const { t, i18n } = useTranslation('site')
  const clock = clockOf(show.localStart)
  const notes = notesOf(show, t, i18n.language)
  const left = leftOf(show, t)
  const inner = (
    <>
      <span className="time-print">{clock}</span>
      <span className="sr-only">, {label}, </span>
      <span className="showtime-notes">
        {left ? <span className="showtime-left">{left}</span> : null}
        {notes.map((note) => (
          <span key={note}>{note}</span>
        ))}
      </span>
    </>
  )
  if (show.availability === 'none') return <span className="showtime showtime-gone">{inner}</span>
  return (
    <Link
      to={paths.show(show.id)}
      className={`showtime ${show.availability === 'few' ? 'showtime-few' : ''}`}
    >
      {inner}
    </Link>
  )
}

type Translate = (key: string, values?: Record<string, unknown>) => string

function leftOf(show: Show, t: Translate): string | undefined {
  if (show.availability === 'none') return t('show.full')
  if (show.availability === 'few') return t('show.left', { count: show.seatsLeft })
  return undefined
}

function notesOf(show: Show, t: Translate, reader: string): string[] {
  const format = show.format && show.format.toLowerCase() !== '2d' ? [show.format] : []
  const subtitles = show.subtitles
    ? [t('show.subtitles', { language: languageInWords(show.subtitles, reader) })]
    : []
  return [...format, ...subtitles, ...show.access.map((kind) => t(`access.${kind}`))]
}
