import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../api/browser.ts'
import { failureText } from '../pages/account/failure-text.ts'
import { Button } from '../ui/button.tsx'
import { CheckField } from '../ui/check-field.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FormError } from '../ui/states.tsx'
import { TextArea } from '../ui/text-field.tsx'
import './texts.ts'

const reasons = ['spoiler', 'insult', 'advert', 'other'] as const

type Props = { reviewId: string; commentId?: string; onClose: () => void }

/** Tells the moderators what is wrong with a text: a reason to choose, and words if one wants. */
export function ReportDialog({ reviewId, commentId, onClose }: Props) {
  const { t } = useTranslation('voices')
  const { t: site } = useTranslation('site')
  const [reason, setReason] = useState<(typeof reasons)[number]>()
  const [words, setWords] = useState('')
  const [state, setState] = useState<'asking' | 'sending' | 'sent'>('asking')
  const [failure, setFailure] = useState<string>()

  async function report() {
    const said = words.trim()
    if (!reason || (reason === 'other' && !said)) return setFailure(t('report.needsReason'))
    setState('sending')
    setFailure(undefined)
    const text = [reason === 'other' ? '' : t(`report.reasons.${reason}`), said].filter(Boolean).join('. ')
    const answer = await send('POST', `/api/reviews/${reviewId}/reports`, {
      body: { reason: text, commentId },
    })
    setState(answer.ok ? 'sent' : 'asking')
    if (!answer.ok) setFailure(failureText(answer.problem, site))
  }

  return (
    <Dialog open onClose={onClose} title={t(state === 'sent' ? 'report.thanks' : 'report.title')}>
      {state === 'sent' ? (
        <div role="status">
          <p>{t('report.sent')}</p>
          <Button look="main" className="mt-6" autoFocus onClick={onClose}>
            {t('report.done')}
          </Button>
        </div>
      ) : (
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            void report()
          }}
        >
          <fieldset>
            <legend className="label-print mb-1">{t('report.reason')}</legend>
            {reasons.map((one) => (
              <CheckField
                key={one}
                type="radio"
                name="reason"
                label={t(`report.reasons.${one}`)}
                checked={reason === one}
                onChange={() => setReason(one)}
              />
            ))}
          </fieldset>
          <TextArea
            label={t('report.words')}
            rows={3}
            maxLength={400}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
          <FormError>{failure}</FormError>
          <div className="flex flex-wrap gap-3">
            <Button type="submit" look="main" busy={state === 'sending'}>
              {t('report.submit')}
            </Button>
            <Button onClick={onClose}>{t('cancel')}</Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
