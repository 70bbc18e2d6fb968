import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/browser.ts'
import type { Import } from '../../api/types.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { FormError } from '../../ui/states.tsx'
import { failureText } from '../account/failure-text.ts'
import { SettleFilm } from './settle-film.tsx'
import './texts.ts'

type Props = { importId: string; films: Import['unmatched']; onSettled: (now: Import) => void }

/** The films that are none of ours for certain: each is one of the candidates, another one, or left out. */
export function SettleFilms({ importId, films, onSettled }: Props) {
  const { t } = useTranslation('community')
  const { t: site } = useTranslation('site')
  const announce = useAnnounce()
  const [choices, setChoices] = useState<ReadonlyMap<string, string | null>>(new Map())
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()

  async function settle(matches: { key: string; movieId: string | null }[]) {
    if (matches.length === 0) return setFailure(t('settle.needsOne'))
    setBusy(true)
    setFailure(undefined)
    const answer = await send<Import>('POST', `/api/me/imports/${importId}/matches`, {
      body: { matches: matches.slice(0, 500) },
    })
    setBusy(false)
    if (!answer.ok) return setFailure(failureText(answer.problem, site))
    announce(t('settle.said', { count: answer.value.unmatched.length }))
    onSettled(answer.value)
  }

  return (
    <form
      aria-labelledby="settle"
      onSubmit={(event) => {
        event.preventDefault()
        void settle([...choices].map(([key, movieId]) => ({ key, movieId })))
      }}
    >
      <h2 id="settle">{t('settle.title', { count: films.length })}</h2>
      <p className="mt-2 max-w-prose text-quiet">{t('settle.lead')}</p>
      <ol className="mt-4">
        {films.map((film) => (
          <li key={film.key}>
            <SettleFilm
              film={film}
              chosen={choices.get(film.key)}
              onChoose={(movieId) => setChoices((before) => new Map(before).set(film.key, movieId))}
            />
          </li>
        ))}
      </ol>
      <div className="settle-end">
        <FormError>{failure}</FormError>
        <p className="small-print" role="status">
          {t('settle.chosen', { count: choices.size, of: films.length })}
        </p>
        <div className="flex flex-wrap gap-3">
          <Button type="submit" look="main" busy={busy}>
            {t('settle.submit')}
          </Button>
          <Button busy={busy} onClick={() => settle(films.map(({ key }) => ({ key, movieId: null })))}>
            {t('settle.leaveAll')}
          </Button>
        </div>
      </div>
    </form>
  )
}
