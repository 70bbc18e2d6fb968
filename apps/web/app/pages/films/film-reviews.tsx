import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { send } from '../../api/browser.ts'
import type { Items, Review } from '../../api/types.ts'
import { ReviewEntry } from '../../community/review-entry.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { paths } from '../../util/path-builder.ts'
import { useFocusOn } from '../../util/use-focus-on.ts'
import { MyReviewLine, writeButton } from './my-review-line.tsx'
import { ReviewDoings } from './review-doings.tsx'
import { inQuery, type ReviewSort, reviewSorts } from './review-list.ts'
import type { useMyFilm } from './use-my-film.ts'
import { useReviews } from './use-reviews.ts'

const ReviewForm = lazy(async () => ({
  default: (await import('../../community/review-form.tsx')).ReviewForm,
}))

type Props = {
  film: { id: string; title: string }
  /** Nothing when reviews do not answer: the page stands without them. */
  first?: Items<Review>
  sort: ReviewSort
  date?: string
  my: ReturnType<typeof useMyFilm>
}

/** What people wrote about a film. The list is everybody's; my own texts and likes are laid over it afterwards. */
export function FilmReviews({ film, first, sort, date, my }: Props) {
  const { t } = useTranslation('voices')
  const { reviews, next, hasCome, more, busy, failed, put, remove } = useReviews(film.id, first, sort)
  const [editing, setEditing] = useState<string>()
  const focusOn = useFocusOn()
  const announce = useAnnounce()
  const mine = my.mine.reviews
  const own = new Map(mine.map((review) => [review.id, review]))
  useMeant(reviews, put)
  const seen = reviews.map((review) => own.get(review.id) ?? review)

  function keepMine(review?: Review) {
    const left = editing === 'new' ? writeButton : `review-${editing}`
    setEditing(undefined)
    focusOn(review ? `review-${review.id}` : left)
    if (!review) return
    my.change(({ reviews: before }) => ({
      reviews: [review, ...before.filter(({ id }) => id !== review.id)],
    }))
    put(review)
  }

  function reveal(review: Review) {
    put(review)
    setEditing(undefined)
    scrollToReview(review.id)
  }

  return (
    <section className="film-reviews" aria-labelledby="reviews">
      <div className="film-reviews-head">
        <h2 id="reviews">{t('reviews.title')}</h2>
        {reviews.length > 1 ? (
          <nav aria-label={t('reviews.sort')}>
            <ul className="scroll-strip">
              {reviewSorts.map((one) => (
                <li key={one}>
                  <Link
                    to={paths.film(film.id, { date, reviews: inQuery(one) })}
                    preventScrollReset
                    aria-current={one === sort ? 'true' : undefined}
                    className="choice film-choice text-sm"
                  >
                    {t(`reviews.sorts.${one}`)}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
        ) : null}
      </div>
      <MyReviewLine
        film={film}
        my={my}
        writing={editing === 'new'}
        onWrite={() => setEditing(editing === 'new' ? undefined : 'new')}
        onShow={reveal}
      />
      {editing === 'new' ? (
        <Suspense fallback={<p className="text-quiet">{t('loading')}</p>}>
          <ReviewForm movieId={film.id} onDone={keepMine} />
        </Suspense>
      ) : null}
      {hasCome ? null : <p className="py-6 text-quiet">{t('reviews.away')}</p>}
      {hasCome && reviews.length === 0 ? <p className="py-6 text-quiet">{t('reviews.none')}</p> : null}
      <ol>
        {seen.map((review) => (
          <li key={review.id}>
            {editing === review.id ? (
              <Suspense fallback={<p className="text-quiet">{t('loading')}</p>}>
                <ReviewForm movieId={film.id} review={review} onDone={keepMine} />
              </Suspense>
            ) : (
              <ReviewEntry review={review}>
                <ReviewDoings
                  review={review}
                  isMine={own.has(review.id)}
                  my={my}
                  onEdit={() => setEditing(review.id)}
                  onRemoved={() => {
                    focusOn('reviews')
                    announce(t('reviews.removed'))
                    remove(review.id)
                    my.change(({ reviews: before }) => ({
                      reviews: before.filter(({ id }) => id !== review.id),
                    }))
                  }}
                />
              </ReviewEntry>
            )}
          </li>
        ))}
      </ol>
      {failed ? (
        <p role="alert" className="py-3 text-bad">
          {t('reviews.moreFailed')}
        </p>
      ) : null}
      {next ? (
        <form method="get" action={paths.film(film.id)} className="pt-4">
          <input type="hidden" name="reviews" value={sort} />
          <input type="hidden" name="after" value={next} />
          <Button
            type="submit"
            busy={busy}
            onClick={(event) => {
              event.preventDefault()
              void more()
            }}
          >
            {t('reviews.more')}
          </Button>
        </form>
      ) : null}
    </section>
  )
}

/** Shows the review that a link leads to, though it be not among those the page came with. */
function useMeant(reviews: Review[], put: (review: Review) => void) {
  const { hash } = useLocation()
  const meant = /^#review-([\da-f-]{36})$/.exec(hash)?.[1]
  const isThere = reviews.some(({ id }) => id === meant)
  const asked = useRef<string>(undefined)
  useEffect(() => {
    if (!meant || isThere || asked.current === meant) return
    asked.current = meant
    // One that is gone, or hidden, leads to its film.
    void send<Review>('GET', `/api/reviews/${meant}`).then((answer) => {
      if (!answer.ok) return
      put(answer.value)
      scrollToReview(meant)
    })
  })
}

const scrollToReview = (reviewId: string) =>
  requestAnimationFrame(() => document.getElementById(`review-${reviewId}`)?.scrollIntoView())
