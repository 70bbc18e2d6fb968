import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { send } from '../../api/browser.ts'
import type { Review } from '../../api/types.ts'
import { AskBack } from '../../community/ask-back.tsx'
import { paths } from '../../util/path-builder.ts'
import { failureText } from '../account/failure-text.ts'
import type { useMyFilm } from './use-my-film.ts'

const Comments = lazy(async () => ({ default: (await import('../../community/comments.tsx')).Comments }))
const ReportDialog = lazy(async () => ({
  default: (await import('../../community/report-dialog.tsx')).ReportDialog,
}))

type Props = {
  review: Review
  isMine: boolean
  my: ReturnType<typeof useMyFilm>
  onEdit: () => void
  onRemoved: () => void
}

/** What can be done with a review: like it, talk about it, report it; with one's own, change or delete it. */
export function ReviewDoings({ review, isMine, my, onEdit, onRemoved }: Props) {
  const { t } = useTranslation('voices')
  const { t: site } = useTranslation('site')
  const [open, setOpen] = useState(false)
  const [more, setMore] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a count read anew has mine in it
  useEffect(() => setMore(0), [review.comments])
  const [reporting, setReporting] = useState<{ commentId?: string }>()
  const [failure, setFailure] = useState<string>()

  async function remove() {
    const answer = await send('DELETE', `/api/reviews/${review.id}`)
    if (answer.ok) onRemoved()
    else setFailure(failureText(answer.problem, site))
  }

  return (
    <>
      <p className="doings-line">
        {isMine ? (
          review.likes > 0 ? (
            <span className="text-quiet">{t('like.count', { count: review.likes })}</span>
          ) : null
        ) : (
          <LikeButton review={review} my={my} onFailure={setFailure} />
        )}
        <button type="button" className="line-action" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('comments.count', { count: Math.max(0, review.comments + more) })}
        </button>
        {isMine ? (
          <button type="button" className="line-action" onClick={onEdit}>
            {t('write.edit')}
          </button>
        ) : null}
        {isMine ? (
          <AskBack ask={t('write.remove')} question={t('write.removeAsk')} onConfirm={remove} />
        ) : null}
        {!isMine && my.me ? (
          <button type="button" className="line-action" onClick={() => setReporting({})}>
            {t('report.ask')}
          </button>
        ) : null}
        {!isMine && !my.me ? (
          <Link className="line-action" to={paths.login({ next: paths.film(review.movieId) })}>
            {t('report.ask')}
          </Link>
        ) : null}
      </p>
      <p role="alert" className="text-bad empty:hidden">
        {failure}
      </p>
      {open ? (
        <Suspense fallback={<p className="comments text-quiet">{t('loading')}</p>}>
          <Comments
            reviewId={review.id}
            movieId={review.movieId}
            onCount={(change) => setMore((before) => before + change)}
            onReport={(commentId) => setReporting({ commentId })}
          />
        </Suspense>
      ) : null}
      {reporting ? (
        <Suspense>
          <ReportDialog
            reviewId={review.id}
            commentId={reporting.commentId}
            onClose={() => setReporting(undefined)}
          />
        </Suspense>
      ) : null}
    </>
  )
}

type LikeProps = Pick<Props, 'review' | 'my'> & { onFailure: (text: string | undefined) => void }

function LikeButton({ review, my, onFailure }: LikeProps) {
  const { t } = useTranslation('voices')
  const { t: site } = useTranslation('site')
  const [change, setChange] = useState(0)
  const [busy, setBusy] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a count read anew has mine in it
  useEffect(() => setChange(0), [review.likes])
  const liked = my.mine.liked.includes(review.id)
  const label = t('like.button', { count: Math.max(0, review.likes + change) })

  async function toggle() {
    // Two presses side by side might arrive in the other order.
    if (busy) return
    setBusy(true)
    onFailure(undefined)
    const mark = (is: boolean) =>
      my.change(({ liked: before }) => ({
        liked: is ? [...before, review.id] : before.filter((id) => id !== review.id),
      }))
    const by = liked ? -1 : 1
    mark(!liked)
    setChange((before) => before + by)
    const answer = await send(liked ? 'DELETE' : 'PUT', `/api/reviews/${review.id}/like`)
    setBusy(false)
    if (answer.ok) return
    mark(liked)
    setChange((before) => before - by)
    onFailure(failureText(answer.problem, site))
  }

  if (!my.me) {
    return (
      <Link className="line-action" to={paths.login({ next: paths.film(review.movieId) })}>
        {label}
      </Link>
    )
  }
  return (
    <button type="button" className="line-action" aria-pressed={liked} onClick={toggle}>
      {label}
    </button>
  )
}
