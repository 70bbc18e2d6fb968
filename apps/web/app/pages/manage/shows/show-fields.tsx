import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../../api/types.ts'
import { CheckField } from '../../../ui/check-field.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { cinemaDayOf, dayInWords, isDay } from '../../../util/dates.ts'
import type { Access, MyTheater } from '../manage-types.ts'
import { useFieldError } from '../use-problem-text.ts'

export type ShowWish = {
  screenId: string
  date: string
  time: string
  format: string
  language: string
  subtitles: string
  access: Access[]
}
type Props = {
  theater: MyTheater
  wish: ShowWish
  problem: Problem | undefined
  onChange: (change: Partial<ShowWish>) => void
}
const accessKinds: Access[] = ['captions', 'audio-description', 'relaxed', 'signed']
const formats = ['2D', '3D', '35mm', '70mm', 'IMAX', 'Dolby Atmos']

/** Where, when and how a film is shown. */
export function ShowFields({ theater, wish, problem, onChange }: Props) {
  const { t, i18n } = useTranslation('manage')
  const fieldError = useFieldError()
  const { t: site } = useTranslation('site')
  const id = useId()
  const isWhole = isDay(wish.date) && wish.time
  const day = isWhole ? cinemaDayOf(`${wish.date}T${wish.time}`, theater.dayStartsAt) : wish.date
  const timeHint = `${t('show.timeHint', { zone: theater.timeZone.replaceAll('_', ' ') })} ${
    day === wish.date ? '' : t('show.nightHint', { day: dayInWords(day, i18n.language, 'long') })
  }`
  const set = (name: keyof ShowWish) => (event: { target: { value: string } }) =>
    onChange({ [name]: event.target.value })
  return (
    <>
      <div className="grid items-start gap-5 sm:grid-cols-3">
        <Select
          label={t('show.screen')}
          value={wish.screenId}
          onChange={set('screenId')}
          error={fieldError(problem, 'screenId')}
          options={theater.screens.map((screen) => ({
            value: screen.id,
            label: t('show.screenOption', { name: screen.name, count: screen.seats }),
          }))}
        />
        <TextField label={t('show.date')} type="date" required value={wish.date} onChange={set('date')} />
        <TextField
          label={t('show.time')}
          type="time"
          required
          value={wish.time}
          onChange={set('time')}
          hint={timeHint}
          error={fieldError(problem, 'localStart')}
        />
      </div>
      <div className="grid items-start gap-5 sm:grid-cols-3">
        <TextField
          label={t('show.format')}
          list={`${id}-formats`}
          maxLength={30}
          value={wish.format}
          onChange={set('format')}
          hint={t('show.optional')}
        />
        <TextField
          label={t('show.language')}
          maxLength={30}
          value={wish.language}
          onChange={set('language')}
        />
        <TextField
          label={t('show.subtitles')}
          maxLength={30}
          value={wish.subtitles}
          onChange={set('subtitles')}
        />
        <datalist id={`${id}-formats`}>
          {formats.map((format) => (
            <option key={format} value={format} />
          ))}
        </datalist>
      </div>
      <fieldset>
        <legend className="label-print">{t('show.access')}</legend>
        <div className="flex flex-wrap gap-x-8">
          {accessKinds.map((kind) => (
            <CheckField
              key={kind}
              label={site(`access.${kind}`)}
              checked={wish.access.includes(kind)}
              onChange={(event) =>
                onChange({
                  access: event.target.checked
                    ? [...wish.access, kind]
                    : wish.access.filter((one) => one !== kind),
                })
              }
            />
          ))}
        </div>
      </fieldset>
    </>
  )
}

/** What the API wants to hear: empty is null. */
export const detailsOf = ({ format, language, subtitles, access }: ShowWish) => ({
  format: format.trim() || null,
  language: language.trim() || null,
  subtitles: subtitles.trim() || null,
  access,
})
