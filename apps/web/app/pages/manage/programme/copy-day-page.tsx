import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { send } from '../../../api/browser.ts'
import { useAnnounce } from '../../../ui/announcer.tsx'
import { Button } from '../../../ui/button.tsx'
import { CheckField } from '../../../ui/check-field.tsx'
import { FormError } from '../../../ui/states.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { addDays, cinemaToday, clockOf, dayInWords, isDay } from '../../../util/dates.ts'
import { Failure } from '../failure.tsx'
import { apiPaths, managePaths } from '../manage-paths.ts'
import type { Copied, Items, OwnShow } from '../manage-types.ts'
import { useApi, useRefresh } from '../use-api.ts'
import { useProblemText } from '../use-problem-text.ts'
import { useTheater } from '../use-theater.ts'
import { CopyResult } from './copy-result.tsx'

/** A day that works, once more on other days. */
export default function CopyDayPage() {
  const { t, i18n } = useTranslation('manage')
  const theater = useTheater()
  const announce = useAnnounce()
  const refresh = useRefresh()
  const textOf = useProblemText()
  const [search] = useSearchParams()
  const today = cinemaToday(theater.timeZone, new Date(), theater.dayStartsAt)
  const asked = search.get('date')
  const [from, setFrom] = useState(isDay(asked) ? asked : today)
  const [to, setTo] = useState<string[]>([])
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  const [copied, setCopied] = useState<Copied>()
  const shows = useApi<Items<OwnShow>>(isDay(from) ? apiPaths.shows(theater.id, from) : undefined)
  const planned = shows.data?.items.filter((show) => show.status === 'scheduled') ?? []
  const days = Array.from({ length: 21 }, (_, index) => addDays(today, index)).filter((day) => day !== from)

  async function copy(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    if (to.length === 0) return setFailure(t('copy.chooseDays'))
    setBusy(true)
    const answer = await send<Copied>('POST', `${apiPaths.theater(theater.id)}/shows/copy-day`, {
      body: { from, to: to.toSorted() },
    })
    setFailure(answer.ok ? undefined : textOf(answer.problem))
    if (answer.ok) {
      setCopied(answer.value)
      setTo([])
      announce(t('copy.done', { count: answer.value.created.length }))
      await refresh()
    }
    setBusy(false)
  }

  return (
    <div className="pt-6">
      <title>{`${t('copy.title')} · Marquee`}</title>
      <h1 className="manage-title">{t('copy.title')}</h1>
      <form onSubmit={copy} className="mt-8 grid max-w-4xl gap-8">
        <div className="max-w-60">
          <TextField
            label={t('copy.from')}
            type="date"
            required
            value={from}
            onChange={(event) => {
              setFrom(event.target.value)
              setCopied(undefined)
            }}
          />
        </div>
        <fieldset>
          <legend className="label-print">{t('copy.to')}</legend>
          <div className="copy-days">
            {days.map((day) => (
              <CheckField
                key={day}
                checked={to.includes(day)}
                onChange={(event) =>
                  setTo(event.target.checked ? [...to, day] : to.filter((one) => one !== day))
                }
                label={`${dayInWords(day, i18n.language, 'weekday')} ${dayInWords(day, i18n.language, 'short')}`}
              />
            ))}
          </div>
        </fieldset>
        <FormError>{failure}</FormError>
        <div>
          <Button type="submit" look="main" busy={busy} disabled={planned.length === 0}>
            {t('copy.submit', { count: to.length })}
          </Button>
        </div>
      </form>
      {copied ? (
        <CopyResult copied={copied} theaterId={theater.id} />
      ) : (
        <div className="mt-10 max-w-4xl">
          {planned.length > 0 ? (
            <ul className="border-line border-t">
              {planned
                .toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))
                .map((show) => (
                  <li key={show.id} className="flex gap-4 border-line border-b py-2">
                    <span className="w-12 font-semibold">{clockOf(show.localStart)}</span>
                    <bdi className="min-w-0 grow">{show.movieTitle}</bdi>
                    <bdi className="text-quiet">{show.screenName}</bdi>
                  </li>
                ))}
            </ul>
          ) : shows.error ? (
            <Failure error={shows.error} onAgain={shows.refetch} />
          ) : shows.data ? (
            <p>
              {t('copy.nothing')} <Link to={managePaths.day(theater.id, from)}>{t('copy.toDay')}</Link>
            </p>
          ) : null}
        </div>
      )}
    </div>
  )
}
