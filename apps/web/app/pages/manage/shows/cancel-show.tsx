import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { send } from '../../../api/browser.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { FormError } from '../../../ui/states.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { clockOf } from '../../../util/dates.ts'
import { formatMoney } from '../../../util/money.ts'
import { apiPaths, managePaths } from '../manage-paths.ts'
import type { MyTheater, ShowDetail, Touched } from '../manage-types.ts'
import { useRefresh } from '../use-api.ts'
import { useProblemText } from '../use-problem-text.ts'

/** Cancelling is asked twice: first what it touches, then, when somebody has paid, the time by hand. */
export function CancelShow({ theater, show }: { theater: MyTheater; show: ShowDetail }) {
  const { t } = useTranslation('manage')
  const textOf = useProblemText()
  const [touched, setTouched] = useState<Touched>()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()

  async function look() {
    setBusy(true)
    const answer = await send<Touched>('GET', apiPaths.cancellation(show.id))
    setBusy(false)
    setFailure(answer.ok ? undefined : textOf(answer.problem))
    if (answer.ok) setTouched(answer.value)
  }
  return (
    <section className="part" aria-labelledby="cancel">
      <h2 id="cancel">{t('cancel.title')}</h2>
      <p className="mt-2 mb-4 max-w-prose text-quiet">{t('cancel.text')}</p>
      <FormError>{failure}</FormError>
      <Button look="bad" busy={busy} onClick={look}>
        {t('cancel.look')}
      </Button>
      {touched ? (
        <Confirm theater={theater} show={show} touched={touched} onClose={() => setTouched(undefined)} />
      ) : null}
    </section>
  )
}

type ConfirmProps = { theater: MyTheater; show: ShowDetail; touched: Touched; onClose: () => void }

function Confirm({ theater, show, touched, onClose }: ConfirmProps) {
  const { t, i18n } = useTranslation('manage')
  const textOf = useProblemText()
  const navigate = useNavigate()
  const refresh = useRefresh()
  const [typed, setTyped] = useState('')
  const [mistyped, setMistyped] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  const time = clockOf(show.localStart)
  const mustType = touched.tickets > 0
  const sure = !mustType || typed.trim() === time

  async function cancel(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    setMistyped(!sure)
    if (!sure) return field.current?.focus()
    setBusy(true)
    const answer = await send('DELETE', apiPaths.show(show.id))
    setBusy(false)
    if (!answer.ok) return setFailure(textOf(answer.problem))
    await refresh()
    navigate(managePaths.day(theater.id, show.day), { state: { cancelled: show.movieTitle } })
  }
  return (
    <Dialog open onClose={onClose} mustDecide title={t('cancel.ask', { title: show.movieTitle, time })}>
      <form onSubmit={cancel} className="grid gap-4">
        <p>
          {mustType
            ? t('cancel.touches', {
                tickets: t('cancel.tickets', { count: touched.tickets }),
                orders: t('cancel.orders', { count: touched.orders }),
                money: formatMoney(touched.money, i18n.language),
              })
            : t('cancel.touchesNobody')}
        </p>
        {touched.holds > 0 ? <p>{t('cancel.holds', { count: touched.holds })}</p> : null}
        <p>{t('cancel.noWayBack')}</p>
        <FormError>{failure}</FormError>
        {mustType ? (
          <TextField
            ref={field}
            label={t('cancel.type', { time })}
            error={mistyped ? <span role="alert">{t('cancel.mistyped', { time })}</span> : undefined}
            value={typed}
            autoComplete="off"
            inputMode="text"
            onChange={(event) => {
              setTyped(event.target.value)
              setMistyped(false)
            }}
          />
        ) : null}
        <div className="flex flex-wrap gap-3">
          <Button onClick={onClose}>{t('cancel.keep')}</Button>
          <Button type="submit" look="bad" busy={busy}>
            {mustType ? t('cancel.refund') : t('cancel.confirm')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
