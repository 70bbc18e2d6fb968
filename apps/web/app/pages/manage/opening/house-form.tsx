import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { sendOnce } from '../../../api/send-once.ts'
import type { Problem, TheaterDetail } from '../../../api/types.ts'
import { Button } from '../../../ui/button.tsx'
import { Select } from '../../../ui/select.tsx'
import { FormError } from '../../../ui/states.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { localeOf } from '../../../util/money.ts'
import { TimeZoneSelect } from '../details/time-zone-select.tsx'
import { managePaths } from '../manage-paths.ts'
import { useRefresh } from '../use-api.ts'
import { useFieldError, useProblemText } from '../use-problem-text.ts'
import { currenciesOfToday } from './currencies.ts'
import { currencyOf } from './currency-of.ts'

/** Name, place, clock and money of a new house. */
export function HouseForm() {
  const { t, i18n } = useTranslation('manage')
  const fieldError = useFieldError()
  const navigate = useNavigate()
  const refresh = useRefresh()
  const textOf = useProblemText()
  const [fields, setFields] = useState(() => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
    return { name: '', address: '', city: '', country: '', timeZone, currency: currencyOf(timeZone) }
  })
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const bind = (name: keyof typeof fields) => ({
    value: fields[name],
    error: fieldError(problem, name),
    onChange: (event: { target: { value: string } }) => setFields({ ...fields, [name]: event.target.value }),
  })
  const names = new Intl.DisplayNames(localeOf(i18n.language), { type: 'currency' })

  async function create(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    const answer = await sendOnce<TheaterDetail>('theater:new', '/api/theaters', fields)
    if (!answer.ok) {
      setBusy(false)
      return setProblem(answer.problem)
    }
    await refresh()
    navigate(managePaths.opening(answer.value.id))
  }
  return (
    <form onSubmit={create} className="mt-8 grid max-w-3xl gap-5">
      <FormError>{problem ? textOf(problem) : undefined}</FormError>
      <TextField
        label={t('details.name')}
        hint={t('opening.nameHint')}
        required
        maxLength={120}
        {...bind('name')}
      />
      <TextField
        label={t('details.address')}
        required
        maxLength={200}
        autoComplete="street-address"
        {...bind('address')}
      />
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <TextField
          label={t('details.city')}
          required
          maxLength={100}
          autoComplete="address-level2"
          {...bind('city')}
        />
        <TextField
          label={t('details.country')}
          required
          maxLength={60}
          autoComplete="country-name"
          {...bind('country')}
        />
        <TimeZoneSelect {...bind('timeZone')} hint={t('opening.timeZoneHint')} />
        <Select
          label={t('details.currency')}
          hint={t('opening.currencyHint')}
          options={currenciesOfToday().map((code) => ({
            value: code,
            label: `${code}  ${names.of(code) ?? ''}`,
          }))}
          {...bind('currency')}
        />
      </div>
      <div>
        <Button type="submit" look="main" busy={busy}>
          {t('opening.toHall')}
        </Button>
      </div>
    </form>
  )
}
