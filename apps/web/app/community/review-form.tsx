import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../api/browser.ts'
import { useMe } from '../api/me.ts'
import { sendOnce } from '../api/send-once.ts'
import type { Problem, Review } from '../api/types.ts'
import { failureText } from '../pages/account/failure-text.ts'
import { Button } from '../ui/button.tsx'
import { CheckField } from '../ui/check-field.tsx'
import { FormError } from '../ui/states.tsx'
import { TextArea, TextField } from '../ui/text-field.tsx'
import { useDraft } from '../util/use-draft.ts'
import './texts.ts'

type Props = {
  movieId: string
  /** The viewing it is about; none for a review of the film as such. */
  diaryId?: string
  /** The review to change; none to write one. */
  review?: Review
  /** With the review as it stands now, or nothing when it was left as it was. */
  onDone: (review?: Review) => void
}

/** My words about a film. */
export function ReviewForm({ movieId, diaryId, review: given, onDone }: Props) {
  const { t } = useTranslation('voices')
  const { t: site } = useTranslation('site')
  const me = useMe()
  // As it was when the form was opened: what comes in meanwhile is neither undone nor taken for read.
  const [review] = useState(given)
  const about = review ? `${review.id}:${review.version}` : (diaryId ?? movieId)
  const { fields, set, done } = useDraft(
    // A session may end by itself: what one wrote is not shown to whoever logs in next.
    `review:${me?.id}:${about}`,
    { title: review?.title ?? '', body: review?.body ?? '', spoiler: review?.spoiler ?? false },
  )
  const [busy, setBusy] = useState(false)
  const [missing, setMissing] = useState(false)
  const [failure, setFailure] = useState<string>()

  async function keep() {
    setMissing(fields.body.trim() === '')
    if (fields.body.trim() === '') return
    setBusy(true)
    setFailure(undefined)
    const body = { ...fields, title: fields.title.trim() || null }
    const answer = review
      ? await send<Review>('PATCH', `/api/reviews/${review.id}`, {
          body,
          headers: { 'if-match': `"${review.version}"` },
        })
      : await sendOnce<Review>(`review:${diaryId ?? movieId}`, `/api/movies/${movieId}/reviews`, {
          ...body,
          diaryId,
        })
    setBusy(false)
    if (answer.ok) {
      done()
      return onDone(answer.value)
    }
    setFailure(explain(answer.problem))
  }

  function explain(problem: Problem): string {
    if (problem.code === 'already-reviewed') return t(diaryId ? 'write.alreadyViewing' : 'write.already')
    return problem.status === 412 ? t('changedMeanwhile') : failureText(problem, site)
  }

  return (
    <form
      className="review-form"
      noValidate
      aria-label={t(review ? 'write.change' : 'write.title')}
      onSubmit={(event) => {
        event.preventDefault()
        void keep()
      }}
    >
      <FormError>{failure}</FormError>
      <TextField
        label={t('write.heading')}
        maxLength={120}
        value={fields.title}
        onChange={(event) => set({ title: event.target.value })}
      />
      <TextArea
        label={t('write.text')}
        rows={6}
        maxLength={10_000}
        autoFocus
        required
        value={fields.body}
        error={missing ? t('write.missing') : undefined}
        onChange={(event) => set({ body: event.target.value })}
      />
      <CheckField
        label={t('write.spoiler')}
        checked={fields.spoiler}
        onChange={(event) => set({ spoiler: event.target.checked })}
      />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="main" busy={busy}>
          {t(review ? 'write.keep' : 'write.publish')}
        </Button>
        <Button
          onClick={() => {
            done()
            onDone()
          }}
        >
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
