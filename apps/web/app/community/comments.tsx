import { useInfiniteQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { read, send } from '../api/browser.ts'
import { useMe } from '../api/me.ts'
import { sendOnce } from '../api/send-once.ts'
import type { Comment, Items } from '../api/types.ts'
import { failureText } from '../pages/account/failure-text.ts'
import { useAnnounce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { FormError } from '../ui/states.tsx'
import { TextArea } from '../ui/text-field.tsx'
import { instantInWords } from '../util/dates.ts'
import { paths } from '../util/path-builder.ts'
import { useDraft } from '../util/use-draft.ts'
import { useFocusOn } from '../util/use-focus-on.ts'
import './texts.ts'

type Props = {
  reviewId: string
  movieId: string
  onCount: (change: number) => void
  onReport: (commentId: string) => void
}

/** What others said to a review, oldest first, and a line to say something. */
export function Comments({ reviewId, movieId, onCount, onReport }: Props) {
  const { t } = useTranslation('voices')
  const me = useMe()
  const path = `/api/reviews/${reviewId}/comments`
  const comments = useInfiniteQuery({
    queryKey: ['comments', reviewId],
    queryFn: ({ pageParam, signal }) => read<Items<Comment>>(withCursor(path, pageParam), signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  })
  const { t: site } = useTranslation('site')
  const [removing, setRemoving] = useState(false)
  const [failure, setFailure] = useState<string>()
  const [said, setSaid] = useState<Comment[]>([])
  const announce = useAnnounce()
  const focusOn = useFocusOn()
  const listId = `comments-${reviewId}`
  const known = comments.data?.pages.flatMap((page) => page.items) ?? []
  // What I have just said is shown, though the pages before it are not asked for yet.
  const items = [...known, ...said.filter(({ id }) => known.every((one) => one.id !== id))]

  async function remove(commentId: string) {
    if (removing) return
    setRemoving(true)
    const answer = await send('DELETE', `/api/comments/${commentId}`)
    setFailure(answer.ok ? undefined : failureText(answer.problem, site))
    if (answer.ok) {
      focusOn(listId)
      announce(t('comments.removed'))
      onCount(-1)
      setSaid((before) => before.filter(({ id }) => id !== commentId))
      await comments.refetch()
    }
    setRemoving(false)
  }

  const again = comments.isFetchNextPageError ? comments.fetchNextPage : comments.refetch
  if (comments.isError && !comments.data) {
    return (
      <p role="alert" className="comments">
        {t('comments.failed')}{' '}
        <button type="button" className="line-action" onClick={() => again()}>
          {t('again')}
        </button>
      </p>
    )
  }
  return (
    <div className="comments">
      {comments.isPending ? <p className="text-quiet">{t('loading')}</p> : null}
      <ul id={listId} aria-label={t('comments.list')}>
        {items.map((comment) => (
          <li key={comment.id} className="comment">
            <p className="small-print">
              {comment.author ? (
                <Link to={paths.person(comment.author.handle)} className="font-semibold text-ink">
                  <bdi>{comment.author.name}</bdi>
                </Link>
              ) : (
                t('review.gone')
              )}
              , <Day of={comment.createdAt} />
            </p>
            <p className="whitespace-pre-line" dir="auto">
              {comment.status === 'hidden' ? t('review.hidden') : comment.body}
            </p>
            {me ? (
              <p>
                {comment.author?.userId === me.id ? (
                  <button type="button" className="line-action" onClick={() => remove(comment.id)}>
                    {t('comments.remove')}
                  </button>
                ) : (
                  <button type="button" className="line-action" onClick={() => onReport(comment.id)}>
                    {t('report.ask')}
                  </button>
                )}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
      <p role="alert" className="text-bad empty:hidden">
        {failure}
      </p>
      {comments.isError ? (
        <p role="alert">
          {t('comments.failed')}{' '}
          <button type="button" className="line-action" onClick={() => again()}>
            {t('again')}
          </button>
        </p>
      ) : null}
      {comments.hasNextPage ? (
        <Button look="quiet" busy={comments.isFetchingNextPage} onClick={() => comments.fetchNextPage()}>
          {t('comments.more')}
        </Button>
      ) : null}
      {me ? (
        <CommentForm
          path={path}
          myId={me.id}
          onSaid={async (comment) => {
            announce(t('comments.said'))
            onCount(1)
            setSaid((before) => [...before, comment])
            await comments.refetch()
          }}
        />
      ) : (
        <p>
          <Link to={paths.login({ next: paths.film(movieId) })}>{t('comments.logIn')}</Link>
        </p>
      )}
    </div>
  )
}

type FormProps = { path: string; myId: string; onSaid: (comment: Comment) => Promise<void> }

function CommentForm({ path, myId, onSaid }: FormProps) {
  const { t } = useTranslation('voices')
  const { t: site } = useTranslation('site')
  const { fields, set, done } = useDraft(`comment:${myId}:${path}`, { text: '' })
  const { text } = fields
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  const id = useId()

  async function say() {
    if (text.trim() === '') return setFailure(t('comments.empty'))
    setBusy(true)
    setFailure(undefined)
    const answer = await sendOnce<Comment>(`comment:${path}`, path, { body: text })
    if (answer.ok) {
      set({ text: '' })
      done()
      await onSaid(answer.value)
    } else setFailure(answer.status === 403 ? t('comments.closed') : failureText(answer.problem, site))
    setBusy(false)
  }

  return (
    <form
      className="comment-form"
      aria-labelledby={id}
      onSubmit={(event) => {
        event.preventDefault()
        void say()
      }}
    >
      <TextArea
        label={<span id={id}>{t('comments.yours')}</span>}
        rows={2}
        maxLength={2000}
        value={text}
        onChange={(event) => set({ text: event.target.value })}
      />
      <FormError>{failure}</FormError>
      <Button type="submit" busy={busy}>
        {t('comments.say')}
      </Button>
    </form>
  )
}

function Day({ of }: { of: string }) {
  const { i18n } = useTranslation('voices')
  return <time dateTime={of}>{instantInWords(of, i18n.language)}</time>
}

const withCursor = (path: string, cursor: string | null) =>
  cursor ? `${path}?cursor=${encodeURIComponent(cursor)}` : path
