import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Review } from '../api/types.ts'
import { dayInWords, instantInWords } from '../util/dates.ts'
import { paths } from '../util/path-builder.ts'
import './community.css'
import { SeenAt } from './seen-at.tsx'
import { Stars } from './stars.tsx'
import './texts.ts'

type Props = {
  review: Review
  /** Named when the review stands among those of other films. */
  withFilm?: boolean
  /** Not named again where the whole page is theirs. */
  withAuthor?: boolean
  /** The heading's level where it stands. */
  level?: 'h2' | 'h3'
  children?: ReactNode
}

/** One person's words about a film: who, how many stars, where they saw it, and what they say. */
export function ReviewEntry({
  review,
  withFilm = false,
  withAuthor = true,
  level: Level = 'h3',
  children,
}: Props) {
  const { t } = useTranslation('voices')
  return (
    <article className="review" id={`review-${review.id}`} aria-label={labelOf(review, t)}>
      <header className="review-head">
        {withFilm ? (
          <Level className="review-film">
            <Link to={paths.film(review.movieId)} className="no-underline hover:underline">
              <bdi>{review.movieTitle}</bdi>
            </Link>
          </Level>
        ) : null}
        <p className="review-by">
          {!withAuthor ? null : review.author ? (
            <Link to={paths.person(review.author.handle)} className="font-semibold">
              <bdi>{review.author.name}</bdi>
            </Link>
          ) : (
            <span>{t('review.gone')}</span>
          )}
          {review.stars ? <Stars value={review.stars} /> : null}
          <When review={review} />
        </p>
        <Seen review={review} />
      </header>
      {review.status === 'hidden' ? <p className="mt-2 text-bad">{t('review.hidden')}</p> : null}
      <ReviewText review={review} level={Level} />
      {children ? <div className="review-doings">{children}</div> : null}
    </article>
  )
}

/** Where and when, as the ticket says; or the day alone, as the diary has it. */
function Seen({ review: { seenAt, viewedOn } }: { review: Review }) {
  const { t, i18n } = useTranslation('voices')
  if (seenAt) return <SeenAt seenAt={seenAt} />
  if (!viewedOn) return null
  return (
    <p className="seen-at">{t('review.viewedOn', { day: dayInWords(viewedOn, i18n.language, 'dated') })}</p>
  )
}

function When({ review }: { review: Review }) {
  const { t, i18n } = useTranslation('voices')
  return (
    <span className="small-print">
      <time dateTime={review.createdAt}>{instantInWords(review.createdAt, i18n.language)}</time>
      {review.editedAt ? <span>, {t('review.edited')}</span> : null}
    </span>
  )
}

/** A text that gives the end away is closed until it is asked for. */
function ReviewText({ review, level: Level }: { review: Review; level: 'h2' | 'h3' }) {
  const { t } = useTranslation('voices')
  const [open, setOpen] = useState(!review.spoiler)
  const id = `text-${review.id}`
  return (
    <>
      {review.spoiler ? (
        <p className="spoiler">
          <span>{t('review.spoiler')}</span>{' '}
          <button
            type="button"
            className="line-action"
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
          >
            {t(open ? 'review.close' : 'review.open')}
          </button>
        </p>
      ) : null}
      <div id={id} hidden={!open}>
        {review.title ? (
          <Level className="review-title" dir="auto">
            {review.title}
          </Level>
        ) : null}
        <p className="review-body" dir="auto">
          {review.body}
        </p>
      </div>
    </>
  )
}

const labelOf = (review: Review, t: (key: string, values?: Record<string, unknown>) => string) =>
  t('review.label', { name: review.author?.name ?? t('review.gone'), film: review.movieTitle })
