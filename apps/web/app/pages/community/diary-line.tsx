import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { send } from '../../api/browser.ts'
import type { DiaryEntry } from '../../api/types.ts'
import { AskBack } from '../../community/ask-back.tsx'
import { DiaryForm } from '../../community/diary-form.tsx'
import { ReviewForm } from '../../community/review-form.tsx'
import { SeenAt } from '../../community/seen-at.tsx'
import { Stars } from '../../community/stars.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { dayInWords } from '../../util/dates.ts'
import { paths } from '../../util/path-builder.ts'
import { useFocusOn } from '../../util/use-focus-on.ts'
import { failureText } from '../account/failure-text.ts'
import { forgetMyFilm } from '../films/use-my-film.ts'
import './texts.ts'

type Props = {
  entry: DiaryEntry
  onChange?: (entry: DiaryEntry) => void
  onRemove?: (entry: DiaryEntry) => void
}

/** The id of the button that changes an evening. */
export const changeButton = ({ id }: DiaryEntry): string => `change-${id}`

/** One evening. */
export function DiaryLine({ entry, onChange, onRemove }: Props) {
  const { t, i18n } = useTranslation('community')
  const { t: site } = useTranslation('site')
  const [open, setOpen] = useState<'entry' | 'review'>()
  const [failure, setFailure] = useState<string>()
  const announce = useAnnounce()
  const focusOn = useFocusOn()
  const queries = useQueryClient()
  const { movie, watchedOn } = entry
  const ids = {
    change: changeButton(entry),
    write: `write-review-${entry.id}`,
    read: `read-review-${entry.id}`,
  }

  async function remove() {
    const answer = await send('DELETE', `/api/diary/${entry.id}`)
    if (answer.ok) onRemove?.(entry)
    else setFailure(failureText(answer.problem, site))
  }

  const toggle = (form: 'entry' | 'review') => setOpen((before) => (before === form ? undefined : form))
  const marks = [
    entry.liked ? t('diary.liked') : '',
    entry.rewatch ? t('diary.again') : '',
    entry.visibility === 'public' ? '' : t(`diary.${entry.visibility}`),
    ...entry.tags,
  ].filter(Boolean)
  return (
    <li className="diary-line">
      <p className="diary-day">
        {watchedOn ? (
          <time dateTime={watchedOn}>
            <span aria-hidden="true">{Number(watchedOn.slice(8))}</span>
            <span className="sr-only">{dayInWords(watchedOn, i18n.language, 'long')}</span>
          </time>
        ) : (
          <span aria-hidden="true">·</span>
        )}
      </p>
      <div className="diary-film">
        <p>
          <Link to={paths.film(movie.id)} className="diary-title">
            <bdi>{movie.title}</bdi>
          </Link>{' '}
          <span className="small-print">{movie.year}</span>
        </p>
        {marks.length > 0 ? <p className="small-print">{marks.join(', ')}</p> : null}
        {entry.seenAt ? <SeenAt seenAt={entry.seenAt} /> : null}
        {entry.note ? (
          <p className="diary-note" dir="auto">
            {entry.note}
          </p>
        ) : null}
        {entry.reviewId ? (
          <p>
            <Link id={ids.read} className="small-print" to={paths.review(movie.id, entry.reviewId)}>
              {t('diary.readReview')}
            </Link>
          </p>
        ) : null}
        {open === 'entry' ? (
          <div className="py-4">
            <DiaryForm
              movieId={movie.id}
              entry={entry}
              onDone={(changed) => {
                setOpen(undefined)
                focusOn(ids.change)
                if (!changed) return
                forgetMyFilm(queries, movie.id)
                onChange?.(changed)
              }}
            />
          </div>
        ) : null}
        {open === 'review' ? (
          <div className="py-4">
            {entry.visibility === 'public' ? null : (
              <p className="mb-4 text-quiet text-sm">{t('diary.dayStays')}</p>
            )}
            <ReviewForm
              movieId={movie.id}
              diaryId={entry.id}
              onDone={(review) => {
                setOpen(undefined)
                focusOn(review ? ids.read : ids.write)
                if (!review) return
                forgetMyFilm(queries, movie.id)
                onChange?.({ ...entry, reviewId: review.id })
                announce(t('diary.published'))
              }}
            />
          </div>
        ) : null}
        <p role="alert" className="text-bad empty:hidden">
          {failure}
        </p>
      </div>
      <div className="diary-end">
        <span>{entry.stars ? <Stars value={entry.stars} className="text-accent" /> : null}</span>
        {onChange ? (
          <p className="diary-doings">
            {entry.reviewId ? null : (
              <button
                id={ids.write}
                type="button"
                className="line-action"
                aria-expanded={open === 'review'}
                aria-label={t('diary.reviewOf', { film: movie.title })}
                onClick={() => toggle('review')}
              >
                {t('diary.review')}
              </button>
            )}
            <button
              id={ids.change}
              type="button"
              className="line-action"
              aria-expanded={open === 'entry'}
              aria-label={t('diary.changeOf', { film: movie.title })}
              onClick={() => toggle('entry')}
            >
              {t('change')}
            </button>
            <AskBack
              ask={t('remove')}
              question={t(entry.seenAt ? 'diary.removeSeenAsk' : 'diary.removeAsk')}
              onConfirm={remove}
            />
          </p>
        ) : null}
      </div>
    </li>
  )
}
