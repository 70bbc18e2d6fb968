import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../../api/browser.ts'
import type { Movie } from '../../../api/types.ts'
import { Button } from '../../../ui/button.tsx'
import { Select } from '../../../ui/select.tsx'
import { apiPaths } from '../manage-paths.ts'
import type { Items, MyTheater, PriceCard, ShowDetail } from '../manage-types.ts'
import { useApi } from '../use-api.ts'
import { useFieldError } from '../use-problem-text.ts'
import { type Film, FilmPicker } from './film-picker.tsx'
import { RefusedShow, type ShowProblem } from './refused-show.tsx'
import { ScreenDay } from './screen-day.tsx'
import { detailsOf, ShowFields, type ShowWish } from './show-fields.tsx'
import { useScreenDay } from './use-screen-day.ts'

type Props = {
  theater: MyTheater
  start: { date: string; time: string; screenId: string }
  onSale: (show: ShowDetail) => void
}
const usualRuntime = 120

/** One show, with the screen's day drawn under it. */
export function ShowForm({ theater, start, onSale }: Props) {
  const { t } = useTranslation('manage')
  const fieldError = useFieldError()
  const [film, setFilm] = useState<Film>()
  const [wish, setWish] = useState<ShowWish>({
    ...start,
    format: '',
    language: '',
    subtitles: '',
    access: [],
  })
  const [priceCardId, setPriceCardId] = useState('')
  const [problem, setProblem] = useState<ShowProblem>()
  const [noFilm, setNoFilm] = useState(false)
  const [busy, setBusy] = useState(false)
  const cards = useApi<Items<PriceCard>>(apiPaths.cards(theater.id)).data?.items ?? []
  const movie = useApi<Movie>(film ? `/api/movies/${film.id}` : undefined).data
  const runtimeMinutes = film ? (movie ? (movie.runtimeMinutes ?? usualRuntime) : undefined) : undefined
  const { screen, draft, free, day, shows } = useScreenDay({ theater, wish, runtimeMinutes })
  const refusal = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (problem) refusal.current?.scrollIntoView({ block: 'nearest' })
  }, [problem])

  async function save(localStart: string) {
    if (!film) return setNoFilm(true)
    setBusy(true)
    const answer = await send<ShowDetail>('POST', `${apiPaths.theater(theater.id)}/shows`, {
      body: {
        movieId: film.id,
        screenId: wish.screenId,
        localStart,
        ...detailsOf(wish),
        priceCardId: priceCardId || undefined,
      },
    })
    setBusy(false)
    if (answer.ok) return onSale(answer.value)
    setProblem(answer.problem)
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    if (!busy) save(`${wish.date}T${wish.time}`)
  }
  function take(localStart: string) {
    setWish({ ...wish, date: localStart.slice(0, 10), time: localStart.slice(11, 16) })
    save(localStart)
  }

  return (
    <form onSubmit={submit} className="grid max-w-4xl gap-6">
      <FilmPicker
        film={film}
        onChoose={(chosen) => {
          setFilm(chosen)
          setNoFilm(false)
        }}
        error={noFilm ? t('film.missing') : fieldError(problem, 'movieId')}
      />
      <ShowFields
        theater={theater}
        wish={wish}
        problem={problem}
        onChange={(change) => setWish({ ...wish, ...change })}
      />
      <div className="max-w-md">
        <Select
          label={t('show.prices')}
          value={priceCardId}
          onChange={(event) => setPriceCardId(event.target.value)}
          hint={t('show.pricesHint')}
          error={fieldError(problem, 'priceCardId')}
          options={[
            { value: '', label: t('show.pricesByTime') },
            ...cards.map((card) => ({ value: card.id, label: card.name })),
          ]}
        />
      </div>
      {screen && wish.date ? (
        <ScreenDay theater={theater} screen={screen} day={day} shows={shows} draft={draft} />
      ) : null}
      <div ref={refusal}>
        {problem ? <RefusedShow theater={theater} problem={problem} free={free} onTake={take} /> : null}
      </div>
      <div>
        <Button type="submit" look="main" busy={busy}>
          {t('add.submit')}
        </Button>
      </div>
    </form>
  )
}
