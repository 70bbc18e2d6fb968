import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/browser.ts'
import type { DoubtfulFilm, Import } from '../../api/types.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { FormError } from '../../ui/states.tsx'
import { failureText } from '../account/failure-text.ts'
import { ListStates } from './list-states.tsx'
import { SettleFilm } from './settle-film.tsx'
import './texts.ts'
import { useList } from './use-list.ts'

type Props = {
  importId: string
  /** Films that nobody has settled yet, or that were left out. */
  state: 'doubtful' | 'left-out'
  count: number
  onSettled: (now: Import) => void
}
type Matches = { matches: { key: string; movieId: string | null }[]; rest?: 'left-out' }

/** The films that are none of ours for certain: each is one of the candidates, another one, or left out. */
export function SettleFilms({ importId, state, count, onSettled }: Props) {
  const { t } = useTranslation('community')
  const { t: site } = useTranslation('site')
  const announce = useAnnounce()
  const queries = useQueryClient()
  const path = `/api/me/imports/${importId}/films`
  const list = useList<DoubtfulFilm>(`${path}?state=${state}`)
  const films = list.items ?? []
  const [choices, setChoices] = useState<ReadonlyMap<string, string | null>>(new Map())
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()

  async function settle({ matches, rest }: Matches) {
    if (matches.length === 0) return setFailure(t('settle.needsOne'))
    setBusy(true)
    setFailure(undefined)
    const answer = await send<Import>('POST', `/api/me/imports/${importId}/matches`, {
      body: { matches: matches.slice(0, 500), rest },
    })
    setBusy(false)
    if (!answer.ok) return setFailure(failureText(answer.problem, site))
    announce(t('settle.said', { count: answer.value.unmatchedFilms }))
    onSettled(answer.value)
    // What was settled stands in these lists no more.
    queries.removeQueries({ predicate: ({ queryKey }) => String(queryKey[1]).startsWith(path) })
  }

  const left = state === 'left-out'
  const words = left ? 'settle.leftOut' : 'settle'
  return (
    <form
      aria-labelledby={`settle-${state}`}
      onSubmit={(event) => {
        event.preventDefault()
        void settle({ matches: [...choices].map(([key, movieId]) => ({ key, movieId })) })
      }}
    >
      <h2 id={`settle-${state}`} tabIndex={-1} ref={left ? focus : undefined}>
        {t(`${words}.title`, { count })}
      </h2>
      <p className="mt-2 max-w-prose text-quiet">{t(`${words}.lead`, { count })}</p>
      <ListStates list={list} empty={null}>
        <ol className="mt-4">
          {films.map((film) => (
            <li key={film.key}>
              <SettleFilm
                film={film}
                chosen={choices.get(film.key) ?? (left || choices.has(film.key) ? null : undefined)}
                onChoose={(movieId) => setChoices((before) => new Map(before).set(film.key, movieId))}
              />
            </li>
          ))}
        </ol>
      </ListStates>
      <div className="settle-end">
        <FormError>{failure}</FormError>
        <p className="small-print" role="status">
          {t('settle.chosen', { count: choices.size, of: count })}
        </p>
        <div className="flex flex-wrap gap-3">
          <Button type="submit" look="main" busy={busy}>
            {t('settle.submit')}
          </Button>
          {left ? null : (
            <Button
              busy={busy}
              onClick={() =>
                settle({ matches: films.map(({ key }) => ({ key, movieId: null })), rest: 'left-out' })
              }
            >
              {t('settle.leaveAll')}
            </Button>
          )}
        </div>
      </div>
    </form>
  )
}

/** Whoever opened the list is led to it; the button they pressed is gone. */
const focus = (heading: HTMLElement | null) => heading?.focus()
