import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Form, useNavigate, useSubmit } from 'react-router'
import { Button } from '../../ui/button.tsx'
import { isolate } from '../../util/isolate.ts'
import { paths } from '../../util/path-builder.ts'

type Place = { id: string; name: string; city: string; distanceKm?: number }
type Props = { theaters: Place[]; theaterId?: string; near?: string; date?: string }

/** Where: one theater, or all, nearest first when the visitor lets the device say where it is. */
export function PlaceFilter({ theaters, theaterId, near, date }: Props) {
  const { t } = useTranslation('site')
  const submit = useSubmit()
  const navigate = useNavigate()
  const [state, setState] = useState<'idle' | 'locating' | 'refused'>('idle')

  const isHere = useRef(false)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])

  function locate() {
    setState('locating')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        // Whoever has gone on to a film is not fetched back.
        if (!isHere.current) return
        setState('idle')
        // One decimal is the next town, not the house: enough here, and the page stays cacheable.
        void navigate(
          paths.programme({ date, near: `${coords.latitude.toFixed(1)},${coords.longitude.toFixed(1)}` }),
        )
      },
      () => setState('refused'),
      { timeout: 8000, maximumAge: 600_000 },
    )
  }

  return (
    <Form method="get" action="/" className="place-filter grid w-full gap-1 md:w-auto">
      {date ? <input type="hidden" name="date" value={date} /> : null}
      {near ? <input type="hidden" name="near" value={near} /> : null}
      <div className="flex items-center gap-3">
        <label htmlFor="theater" className="sr-only">
          {t('programme.theater')}
        </label>
        <select
          id="theater"
          name="theater"
          value={theaterId ?? ''}
          onChange={(event) => submit(event.currentTarget.form)}
          className="input min-w-0 grow md:max-w-64"
        >
          <option value="">{t('programme.allTheaters')}</option>
          {theaters.map((theater) => (
            <option key={theater.id} value={theater.id}>
              {isolate(theater.name)}, {isolate(theater.city)}
              {theater.distanceKm === undefined
                ? ''
                : ` (${t('programme.distance', { km: Math.round(theater.distanceKm) })})`}
            </option>
          ))}
        </select>
        <noscript>
          <button type="submit" className="button">
            {t('programme.show')}
          </button>
        </noscript>
        {near ? (
          <Button
            className="shrink-0"
            onClick={() => navigate(paths.programme({ date, theater: theaterId }))}
          >
            {t('programme.everywhere')}
          </Button>
        ) : (
          <Button className="shrink-0" busy={state === 'locating'} onClick={locate}>
            {state === 'locating' ? t('programme.locating') : t('programme.useLocation')}
          </Button>
        )}
      </div>
      <p role="status" className="small-print">
        {state === 'refused' ? t('programme.locationRefused') : ''}
      </p>
    </Form>
  )
}
