import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { send } from '../../api/browser.ts'
import type { Items, Review } from '../../api/types.ts'
import { ReviewEntry } from '../../community/review-entry.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { paths } from '../../util/path-builder.ts'
import { MyReviewLine } from './my-review-line.tsx'
import { ReviewDoings } from './review-doings.tsx'
import type { useMyFilm } from './use-my-film.ts'

const ReviewForm = lazy(async () => ({
  default: (await import('../../community/review-form.tsx')).ReviewForm,
}))

export const reviewSorts = ['helpful', 'newest', 'highest', 'lowest'] as const
export type ReviewSort = (typeof reviewSorts)[number]

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
  const { reviews, next, more, busy, failed, put, remove } = useReviews(film.id, first, sort)
  const [editing, setEditing] = useState<string>()
  const mine = my.mine.reviews
  const own = new Map(mine.map((review) => [review.id, review]))
  useMeant(reviews, put)
  const seen = reviews.map((review) => own.get(review.id) ?? review)

  function keepMine(review?: Review) {
    setEditing(undefined)
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
                    to={paths.film(film.id, { date, reviews: one === 'helpful' ? undefined : one })}
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
      {first ? null : <p className="py-6 text-quiet">{t('reviews.away')}</p>}
      {first && reviews.length === 0 ? <p className="py-6 text-quiet">{t('reviews.none')}</p> : null}
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

/** The list as it came with the page, and what was asked for since. */
function useReviews(movieId: string, first: Items<Review> | undefined, sort: ReviewSort) {
  const { t } = useTranslation('voices')
  const announce = useAnnounce()
  const [list, setList] = useState<Items<Review>>(first ?? { items: [], nextCursor: null })
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')
  useEffect(() => setList(first ?? { items: [], nextCursor: null }), [first])

  async function more() {
    if (!list.nextCursor || state === 'busy') return
    setState('busy')
    const query = new URLSearchParams({ sort, cursor: list.nextCursor, limit: '10' })
    const answer = await send<Items<Review>>('GET', `/api/movies/${movieId}/reviews?${query}`)
    setState(answer.ok ? 'idle' : 'failed')
    if (!answer.ok) return
    const { items, nextCursor } = answer.value
    setList((before) => ({ items: [...before.items, ...unknown(before.items, items)], nextCursor }))
    announce(t('reviews.moreSaid', { count: items.length }))
  }

  return {
    reviews: list.items,
    next: list.nextCursor,
    busy: state === 'busy',
    failed: state === 'failed',
    more,
    put: (review: Review) =>
      setList(({ items, nextCursor }) => ({
        items: items.some(({ id }) => id === review.id)
          ? items.map((one) => (one.id === review.id ? review : one))
          : [review, ...items],
        nextCursor,
      })),
    remove: (reviewId: string) =>
      setList(({ items, nextCursor }) => ({ items: items.filter(({ id }) => id !== reviewId), nextCursor })),
  }
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

const unknown = (known: Review[], more: Review[]) =>
  more.filter((review) => !known.some(({ id }) => id === review.id))
