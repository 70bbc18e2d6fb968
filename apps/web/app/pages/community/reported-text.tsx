import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Report } from '../../api/types.ts'
import { Button } from '../../ui/button.tsx'
import { FormError } from '../../ui/states.tsx'
import { instantInWords } from '../../util/dates.ts'
import { paths } from '../../util/path-builder.ts'
import { useFocusOn } from '../../util/use-focus-on.ts'
import './texts.ts'

type Props = {
  report: Report
  failure?: string
  /** Says whether it was done. */
  onDecide: (decision: 'keep' | 'hide') => Promise<boolean>
}

/** A text that somebody reported, why, and what becomes of it. */
export function ReportedText({ report, failure, onDecide }: Props) {
  const { t, i18n } = useTranslation('community')
  const [busy, setBusy] = useState<'keep' | 'hide'>()
  const focusOn = useFocusOn()
  const outcome = `outcome-${report.id}`
  const { review, comment } = report
  const author = (comment ?? review).author
  const heading = t(comment ? 'moderation.commentOn' : 'moderation.reviewOf', { film: review.movieTitle })

  async function decide(decision: 'keep' | 'hide') {
    setBusy(decision)
    const done = await onDecide(decision)
    setBusy(undefined)
    // The button that was pressed is gone.
    if (done) focusOn(outcome)
  }

  return (
    <article className="reported" aria-label={heading}>
      <div className="min-w-0">
        <h2>
          <Link to={paths.film(review.movieId)} className="no-underline hover:underline">
            {heading}
          </Link>
        </h2>
        <p className="mt-1 text-quiet text-sm">
          {author ? (
            <Link to={paths.person(author.handle)}>
              <bdi>{author.name}</bdi>
            </Link>
          ) : (
            t('moderation.gone')
          )}
          {!comment && review.spoiler ? `, ${t('moderation.spoiler')}` : ''}
        </p>
        {!comment && review.title ? (
          <p className="mt-3 font-semibold">
            <bdi>{review.title}</bdi>
          </p>
        ) : null}
        <p className="reported-text" dir="auto">
          {comment?.body ?? review.body}
        </p>
      </div>
      <div>
        <h3 className="label-print">{t('moderation.reports', { count: report.reports })}</h3>
        <ul className="mt-2">
          {report.reasons.map(({ reason, reportedAt }) => (
            <li key={`${reportedAt} ${reason}`} className="border-line border-t py-2">
              <bdi className="break-words">{reason}</bdi>{' '}
              <span className="small-print">{instantInWords(reportedAt, i18n.language)}</span>
            </li>
          ))}
        </ul>
        <FormError>{failure}</FormError>
        <div className="mt-3 flex min-h-11 flex-wrap items-center gap-3">
          {report.status === 'open' ? null : (
            <span id={outcome} className="font-semibold">
              {t(`moderation.now.${report.status}`)}
            </span>
          )}
          {report.status === 'kept' ? null : (
            <Button busy={busy === 'keep'} onClick={() => decide('keep')}>
              {t(report.status === 'hidden' ? 'moderation.unhide' : 'moderation.keep')}
            </Button>
          )}
          {report.status === 'hidden' ? null : (
            <Button look="bad" busy={busy === 'hide'} onClick={() => decide('hide')}>
              {t('moderation.hide')}
            </Button>
          )}
        </div>
      </div>
    </article>
  )
}
