import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { addDays, cinemaToday } from '../../../util/dates.ts'
import { Failure } from '../failure.tsx'
import { apiPaths, managePaths } from '../manage-paths.ts'
import type { Items, MyTheater, OwnShow, PriceCard, ShowDetail } from '../manage-types.ts'
import { OwnersOnly } from '../owners-only.tsx'
import { exampleRows } from '../screens/example-rows.ts'
import { ScreenForm } from '../screens/screen-form.tsx'
import { ShowForm } from '../shows/show-form.tsx'
import { useApi, useRefresh } from '../use-api.ts'
import { useTheater } from '../use-theater.ts'
import { wallClock } from '../zone-time.ts'
import { FirstPrices } from './first-prices.tsx'
import { OnSale } from './on-sale.tsx'
import { type OpeningStep, Steps } from './steps.tsx'
import { WhatItCosts } from './what-it-costs.tsx'

/** The rest of the opening; what is there already says which step is next, so it can be left and taken up again. */
export default function OpeningPage() {
  const { t } = useTranslation('manage')
  const theater = useTheater()
  const today = cinemaToday(theater.timeZone, new Date(), theater.dayStartsAt)
  const cards = useApi<Items<PriceCard>>(apiPaths.cards(theater.id))
  const shows = useApi<Items<OwnShow>>(apiPaths.shows(theater.id, today, addDays(today, 28)))
  const planned = shows.data?.items.filter((show) => show.status === 'scheduled')
  const failed = cards.error ? cards : shows.error ? shows : undefined
  const step = cards.data && planned ? stepOf(theater, cards.data.items, planned) : undefined
  return (
    <OwnersOnly>
      <div className="pt-6">
        <title>{`${t('opening.title')} · Marquee`}</title>
        {failed?.error ? (
          <>
            <h1 className="manage-title mb-8">{t('opening.title')}</h1>
            <Failure error={failed.error} onAgain={failed.refetch} />
          </>
        ) : step && planned ? (
          <Step key={step} theater={theater} step={step} cards={cards.data?.items ?? []} shows={planned} />
        ) : (
          <>
            <h1 className="manage-title mb-8">{t('opening.title')}</h1>
            <SkeletonRows rows={4} label={t('loading')} />
          </>
        )}
      </div>
    </OwnersOnly>
  )
}

function stepOf(theater: MyTheater, cards: PriceCard[], shows: OwnShow[]): OpeningStep {
  if (theater.screens.length === 0) return 'hall'
  if (cards.length === 0) return 'prices'
  return shows.length === 0 ? 'show' : 'sale'
}

type StepProps = { theater: MyTheater; step: OpeningStep; cards: PriceCard[]; shows: OwnShow[] }

function Step({ theater, step, cards, shows }: StepProps) {
  const { t } = useTranslation('manage')
  return (
    <>
      <h1 className="manage-title">{t(`opening.${step}.title`, { name: theater.name })}</h1>
      <p className="mt-3 max-w-prose text-quiet">{t(`opening.${step}.text`)}</p>
      <Steps at={step} />
      <div className="mt-8">
        {step === 'hall' ? (
          <ScreenForm
            theater={theater}
            start={{ name: `${t('screens.word')} 1`, rows: exampleRows }}
            submit={t('opening.toPrices')}
          />
        ) : step === 'prices' ? (
          <FirstPrices theater={theater} />
        ) : step === 'show' ? (
          <>
            <FirstShow theater={theater} />
            <WhatItCosts theater={theater} cards={cards} />
          </>
        ) : (
          <OnSale theater={theater} cards={cards} shows={shows} />
        )}
      </div>
    </>
  )
}

function FirstShow({ theater }: { theater: MyTheater }) {
  const refresh = useRefresh()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const evening = wallClock(Date.now() + 90 * 60_000, theater.timeZone)
  const today = cinemaToday(theater.timeZone, new Date(), theater.dayStartsAt)
  const late = evening > `${today}T20:00`
  async function onSale(_show: ShowDetail) {
    await refresh()
    navigate(`${managePaths.opening(theater.id)}?${search}`, { replace: true })
  }
  return (
    <ShowForm
      theater={theater}
      start={{
        date: late ? addDays(today, 1) : today,
        time: '20:00',
        screenId: theater.screens[0]?.id ?? '',
      }}
      onSale={onSale}
    />
  )
}
