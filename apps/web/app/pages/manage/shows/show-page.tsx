import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { ButtonLink } from '../../../ui/button.tsx'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { clockOf, dayInWords, runtimeInWords } from '../../../util/dates.ts'
import { languageInWords } from '../../../util/languages.ts'
import { paths } from '../../../util/path-builder.ts'
import { Failure } from '../failure.tsx'
import { apiPaths, managePaths } from '../manage-paths.ts'
import type { Items, Sales, ShowDetail } from '../manage-types.ts'
import { PricesRead } from '../prices/prices-read.tsx'
import { useApi } from '../use-api.ts'
import { useTheater } from '../use-theater.ts'
import { CancelShow } from './cancel-show.tsx'
import { Figures } from './figures.tsx'
import { MoveShow } from './move-show.tsx'

/** One show: how it sells, and everything that can still be changed. */
export default function ShowPage() {
  const { t } = useTranslation('manage')
  const theater = useTheater()
  const { showId = '' } = useParams()
  const show = useApi<ShowDetail>(apiPaths.show(showId))
  if (show.error)
    return (
      <div className="pt-6">
        <h1 className="manage-title mb-8">{t('show.title')}</h1>
        <Failure error={show.error} onAgain={show.refetch} />
      </div>
    )
  if (!show.data)
    return (
      <div className="pt-6">
        <h1 className="manage-title mb-8">{t('show.title')}</h1>
        <SkeletonRows rows={3} label={t('loading')} />
      </div>
    )
  return (
    <Loaded key={show.data.id} show={show.data} isStale={show.isStale} owner={theater.role === 'owner'} />
  )
}

function Loaded({ show, isStale, owner }: { show: ShowDetail; isStale: boolean; owner: boolean }) {
  const { t, i18n } = useTranslation('manage')
  const theater = useTheater()
  const sales = useApi<Items<Sales>>(owner ? apiPaths.sales(theater.id, show.day) : undefined, {
    everySeconds: 15,
  })
  const figures = sales.data?.items.find((one) => one.showId === show.id)
  const over = Date.parse(show.startsAt) <= Date.now()
  const open = show.status === 'scheduled' && !over
  return (
    <div className="pt-6">
      <title>{`${show.movieTitle}, ${clockOf(show.localStart)} · Marquee`}</title>
      <p>
        <Link to={managePaths.day(theater.id, show.day)}>{dayInWords(show.day, i18n.language, 'long')}</Link>
      </p>
      <h1 className="manage-title mt-2">
        <span className="text-accent">{clockOf(show.localStart)}</span> <bdi>{show.movieTitle}</bdi>
      </h1>
      <p className="mt-3 text-quiet">
        {[
          show.screenName,
          runtimeInWords(show.runtimeMinutes),
          show.format,
          show.language && languageInWords(show.language, i18n.language),
        ]
          .filter(Boolean)
          .join(', ')}
        {show.subtitles
          ? `, ${t('show.with', { subtitles: languageInWords(show.subtitles, i18n.language) })}`
          : ''}
      </p>
      {show.status === 'cancelled' ? <p className="notice mt-5">{t('refused.cancelled')}</p> : null}
      <p role="status" className="mt-5 text-bad empty:hidden">
        {isStale || sales.isStale ? t('day.stale') : ''}
      </p>
      {owner ? <Figures figures={figures} cancelled={show.status === 'cancelled'} /> : null}
      <div className="mt-6 flex flex-wrap gap-3">
        <ButtonLink to={paths.show(show.id)}>{t('show.seatMap')}</ButtonLink>
        <ButtonLink to={`${paths.door()}?show=${show.id}`}>{t('show.door')}</ButtonLink>
      </div>
      {owner && open ? <MoveShow theater={theater} show={show} sold={figures?.sold} /> : null}
      <div className="part">
        <h2>{t('show.pricesOf')}</h2>
        <PricesRead label={t('show.pricesOf')} prices={show.prices} nameOf={(key) => nameIn(show, key)} />
      </div>
      {owner && open ? <CancelShow theater={theater} show={show} /> : null}
    </div>
  )
}

const nameIn = (show: ShowDetail, key: string) =>
  show.prices.find((price) => price.ticketType === key)?.name ?? key
