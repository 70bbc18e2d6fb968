import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../../api/browser.ts'
import type { Problem } from '../../../api/types.ts'
import { useAnnounce } from '../../../ui/announcer.tsx'
import { Button } from '../../../ui/button.tsx'
import { FormError } from '../../../ui/states.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { apiPaths } from '../manage-paths.ts'
import type { MyTheater } from '../manage-types.ts'
import { parseMoney, writeMoney } from '../prices/parse-money.ts'
import { parseRate, writeRate } from '../prices/tax-rate.ts'
import { useRefresh } from '../use-api.ts'
import { useFieldError, useProblemText } from '../use-problem-text.ts'
import { withTheirs } from '../with-theirs.ts'
import { TimeZoneSelect } from './time-zone-select.tsx'

/** Name, place, times, and what tax, fee and returns are. */
export function DetailsForm({ theater }: { theater: MyTheater }) {
  const { t, i18n } = useTranslation('manage')
  const fieldError = useFieldError()
  const announce = useAnnounce()
  const refresh = useRefresh()
  const textOf = useProblemText()
  const [fields, setFields] = useState(() => fieldsOf(theater, i18n.language))
  const [seen, setSeen] = useState(theater)
  if (seen.version !== theater.version) {
    setSeen(theater)
    setFields(withTheirs(fields, fieldsOf(seen, i18n.language), fieldsOf(theater, i18n.language)))
  }
  const [problem, setProblem] = useState<Problem>()
  const [failure, setFailure] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [saved, setSaved] = useState(false)
  const bind = (name: keyof typeof fields) => ({
    value: fields[name],
    error: fieldError(problem, name),
    onChange: (event: { target: { value: string } }) => {
      setSaved(false)
      setFields({ ...fields, [name]: event.target.value })
    },
  })

  async function save(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    const bookingFee = parseMoney(fields.bookingFee, theater.currency)
    const taxRatePermille = parseRate(fields.taxRatePermille)
    if (bookingFee === undefined) return setFailure(t('details.wrongFee'))
    if (taxRatePermille === undefined) return setFailure(t('details.wrongTax'))
    setBusy(true)
    const answer = await send('PATCH', apiPaths.theater(theater.id), {
      headers: { 'if-match': `"${theater.version}"` },
      body: {
        ...fields,
        refundCutoffMinutes: Number(fields.refundCutoffMinutes),
        taxRatePermille,
        bookingFee,
      },
    })
    setProblem(answer.ok ? undefined : answer.problem)
    setFailure(answer.ok ? undefined : textOf(answer.problem))
    if (answer.ok || answer.status === 412) await refresh()
    if (answer.ok) announce(t('saved'))
    setSaved(answer.ok)
    setBusy(false)
  }

  return (
    <form onSubmit={save} className="grid max-w-3xl gap-5">
      <TextField label={t('details.name')} required maxLength={120} {...bind('name')} />
      <TextField label={t('details.address')} required maxLength={200} {...bind('address')} />
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <TextField label={t('details.city')} required maxLength={100} {...bind('city')} />
        <TextField label={t('details.country')} required maxLength={60} {...bind('country')} />
        <TimeZoneSelect {...bind('timeZone')} hint={t('details.timeZoneHint')} />
        <TextField
          label={t('details.dayStartsAt')}
          hint={t('details.dayStartsAtHint')}
          type="time"
          required
          {...bind('dayStartsAt')}
        />
      </div>
      <h2 className="mt-6">{t('details.rules')}</h2>
      <div className="grid items-start gap-5 sm:grid-cols-3">
        <TextField
          label={t('details.refund')}
          hint={t('details.refundHint')}
          type="number"
          min={0}
          max={20_000}
          required
          {...bind('refundCutoffMinutes')}
        />
        <TextField
          label={t('details.tax')}
          hint={t('details.taxHint')}
          inputMode="decimal"
          required
          {...bind('taxRatePermille')}
        />
        <TextField
          label={t('details.fee', { currency: theater.currency })}
          hint={t('details.feeHint')}
          inputMode="decimal"
          required
          {...bind('bookingFee')}
        />
      </div>
      <FormError>{failure}</FormError>
      <div className="flex flex-wrap items-center gap-5">
        <Button type="submit" look="main" busy={busy}>
          {t('save')}
        </Button>
        {saved ? <span>{t('saved')}</span> : null}
      </div>
    </form>
  )
}

const fieldsOf = (theater: MyTheater, language: string) => ({
  name: theater.name,
  address: theater.address,
  city: theater.city,
  country: theater.country,
  timeZone: theater.timeZone,
  dayStartsAt: theater.dayStartsAt.slice(0, 5),
  refundCutoffMinutes: String(theater.refundCutoffMinutes),
  taxRatePermille: writeRate(theater.taxRatePermille, language),
  bookingFee: writeMoney(theater.bookingFee.amount, theater.currency, language),
})
