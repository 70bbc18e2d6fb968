import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../../api/browser.ts'
import { useAnnounce } from '../../../ui/announcer.tsx'
import { Button } from '../../../ui/button.tsx'
import { Select } from '../../../ui/select.tsx'
import { apiPaths } from '../manage-paths.ts'
import type { Items, MyTheater, PriceCard, ShowDetail } from '../manage-types.ts'
import { useApi, useRefresh } from '../use-api.ts'
import { useFieldError } from '../use-problem-text.ts'
import { withTheirs } from '../with-theirs.ts'
import { RefusedShow, type ShowProblem } from './refused-show.tsx'
import { ScreenDay } from './screen-day.tsx'
import { detailsOf, ShowFields, type ShowWish } from './show-fields.tsx'
import { useScreenDay } from './use-screen-day.ts'

type Props = {
  theater: MyTheater
  show: ShowDetail
  /** Tickets that count; undefined while nobody knows. */
  sold: number | undefined
}

/** Another time, another screen, or what is said about the show. Tickets sold stay good, and who holds them is told. */
export function MoveShow({ theater, show, sold }: Props) {
  const { t } = useTranslation('manage')
  const fieldError = useFieldError()
  const announce = useAnnounce()
  const refresh = useRefresh()
  const [wish, setWish] = useState<ShowWish>(() => wishOf(show))
  const [seen, setSeen] = useState(show)
  if (seen.version !== show.version) {
    setSeen(show)
    setWish(withTheirs(wish, wishOf(seen), wishOf(show)))
  }
  const [problem, setProblem] = useState<ShowProblem>()
  const [priceCardId, setPriceCardId] = useState('')
  const cards = useApi<Items<PriceCard>>(apiPaths.cards(theater.id)).data?.items ?? []
  const [busy, setBusy] = useState(false)
  const [saved, setSaved] = useState(false)
  const day = useScreenDay({ theater, wish, runtimeMinutes: show.runtimeMinutes, without: show.id })
  const moves = isMove(wish, wishOf(show)) && sold !== 0

  async function save(localStart: string) {
    const before = wishOf(show)
    const moved = localStart.slice(0, 16) !== `${before.date}T${before.time}` || localStart.length > 16
    setBusy(true)
    setSaved(false)
    const answer = await send<ShowDetail>('PATCH', apiPaths.show(show.id), {
      headers: { 'if-match': `"${show.version}"` },
      body: {
        ...detailsOf(wish),
        ...(moved ? { localStart } : {}),
        ...(wish.screenId === before.screenId ? {} : { screenId: wish.screenId }),
        ...(priceCardId ? { priceCardId } : {}),
      },
    })
    setProblem(answer.ok ? undefined : answer.problem)
    if (answer.ok || answer.status === 412) await refresh()
    if (answer.ok) setPriceCardId('')
    setBusy(false)
    setSaved(answer.ok)
    if (answer.ok) announce(t('move.saved'))
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
    <section className="part" aria-labelledby="move">
      <h2 id="move">{t('move.title')}</h2>
      <p className="mt-2 mb-6 max-w-prose text-quiet">{t('move.text')}</p>
      <form onSubmit={submit} className="grid max-w-4xl gap-6">
        <ShowFields
          theater={theater}
          wish={wish}
          problem={problem}
          onChange={(change) => {
            setSaved(false)
            setWish({ ...wish, ...change })
          }}
        />
        <div className="grid items-start gap-5 sm:grid-cols-2">
          <Select
            label={t('show.prices')}
            value={priceCardId}
            onChange={(event) => {
              setSaved(false)
              setPriceCardId(event.target.value)
            }}
            hint={t('move.pricesHint')}
            error={fieldError(problem, 'priceCardId')}
            options={[
              { value: '', label: t('move.pricesStay') },
              ...cards.map((card) => ({ value: card.id, label: card.name })),
            ]}
          />
        </div>
        {day.screen && wish.date ? (
          <ScreenDay
            theater={theater}
            screen={day.screen}
            day={day.day}
            shows={day.shows}
            draft={day.draft}
          />
        ) : null}
        {problem ? <RefusedShow theater={theater} problem={problem} free={day.free} onTake={take} /> : null}
        {/* The number changes with every sale, and is not to be read out each time. */}
        <p className={moves ? undefined : 'sr-only'}>
          {moves && sold ? `${t('move.sold', { count: sold })} ` : null}
          <span role="status">{moves ? t('move.told') : ''}</span>
        </p>
        <div className="flex flex-wrap items-center gap-5">
          <Button type="submit" look="main" busy={busy}>
            {t('move.submit')}
          </Button>
          {saved ? <span>{t('move.saved')}</span> : null}
        </div>
      </form>
    </section>
  )
}

const isMove = (wish: ShowWish, before: ShowWish): boolean =>
  wish.date !== before.date || wish.time !== before.time || wish.screenId !== before.screenId

const wishOf = (show: ShowDetail): ShowWish => ({
  screenId: show.screenId,
  date: show.localStart.slice(0, 10),
  time: show.localStart.slice(11, 16),
  format: show.format ?? '',
  language: show.language ?? '',
  subtitles: show.subtitles ?? '',
  access: show.access,
})
