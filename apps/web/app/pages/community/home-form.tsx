import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { read, send } from '../../api/browser.ts'
import type { Home, Items, Theater } from '../../api/types.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { FormError } from '../../ui/states.tsx'
import { failureText } from '../account/failure-text.ts'
import './texts.ts'
import { homeKey, useHome } from './use-home.ts'

const radii = [5, 10, 20, 30, 50, 100, 200, 500]

/** Where near is: shows beyond it are not told of. A place is a theater's, or where the device is. */
export function HomeForm() {
  const { t } = useTranslation('community')
  const { t: site } = useTranslation('site')
  const queries = useQueryClient()
  const announce = useAnnounce()
  const [state, setState] = useState<'idle' | 'locating' | 'saving'>('idle')
  const [failure, setFailure] = useState<string>()
  const { data, isError } = useHome()
  const theaters = useQuery({
    queryKey: ['theaters'],
    queryFn: ({ signal }) => read<Items<Theater>>('/api/theaters?limit=100', signal),
  })
  const places = theaters.data?.items.filter(({ location }) => location !== null) ?? []
  const home = data?.home ?? null
  const chosen = home ? (places.find((place) => labelOf(place) === home.label)?.id ?? 'own') : ''

  async function keep(wanted: Home | null) {
    setState('saving')
    setFailure(undefined)
    const answer = await send<{ home: Home | null }>('PUT', '/api/me/home', { body: { home: wanted } })
    setState('idle')
    if (!answer.ok) return setFailure(failureText(answer.problem, site))
    // What was asked before and is answered later would take it back.
    await queries.cancelQueries({ queryKey: homeKey })
    queries.setQueryData(homeKey, answer.value)
    announce(t('home.kept'))
  }

  function choose(id: string) {
    if (id === '') return keep(null)
    const place = places.find((one) => one.id === id)
    if (place?.location)
      return keep({ label: labelOf(place), location: place.location, radiusKm: home?.radiusKm ?? 30 })
  }

  function locate() {
    setState('locating')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        // Two decimals are the quarter, not the house: enough to be told, and no more than that is kept.
        const location = { lat: Number(coords.latitude.toFixed(2)), lon: Number(coords.longitude.toFixed(2)) }
        void keep({ label: t('home.here'), location, radiusKm: home?.radiusKm ?? 30 })
      },
      () => {
        setState('idle')
        setFailure(t('home.refused'))
      },
      { timeout: 8000, maximumAge: 600_000 },
    )
  }

  if (isError) return <p className="text-quiet">{t('home.away')}</p>
  return (
    <div className="grid gap-5" aria-busy={!data}>
      <p className="text-quiet">{t('home.lead')}</p>
      <div className="grid items-end gap-5 sm:grid-cols-2">
        <Select
          label={t('home.place')}
          value={chosen}
          disabled={!data}
          onChange={(event) => choose(event.target.value)}
          options={[
            { value: '', label: t('home.everywhere') },
            ...(home && chosen === 'own' ? [{ value: 'own', label: home.label }] : []),
            ...places.map((place) => ({ value: place.id, label: labelOf(place) })),
          ]}
        />
        <Select
          label={t('home.radius')}
          value={String(home?.radiusKm ?? 30)}
          disabled={!home}
          onChange={(event) => home && keep({ ...home, radiusKm: Number(event.target.value) })}
          options={unique([...radii, home?.radiusKm ?? 30]).map((km) => ({
            value: String(km),
            label: t('home.km', { km }),
          }))}
        />
      </div>
      <FormError>{failure}</FormError>
      <Button className="justify-self-start" busy={state === 'locating'} onClick={locate}>
        {t(state === 'locating' ? 'home.locating' : 'home.locate')}
      </Button>
    </div>
  )
}

const labelOf = (theater: Theater) => `${theater.name}, ${theater.city}`.slice(0, 80)
const unique = (numbers: number[]) => [...new Set(numbers)].sort((a, b) => a - b)
