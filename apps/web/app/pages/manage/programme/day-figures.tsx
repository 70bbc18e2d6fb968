import { useTranslation } from 'react-i18next'
import { Money } from '../../../ui/money.tsx'
import { clockOf } from '../../../util/dates.ts'
import { Failure } from '../failure.tsx'
import type { Items, MyTheater, OwnShow, Sales } from '../manage-types.ts'
import { CancelledState } from './cancelled-state.tsx'
import { takingsOf } from './takings.ts'

type Props = {
  theater: MyTheater
  shows: OwnShow[]
  sales: { data?: Items<Sales>; error: Error | null; refetch: () => unknown }
}

/** The day's books as a plain table, a line a show; cancelled ones count for nothing in its sums. */
export function DayFigures({ theater, shows, sales }: Props) {
  const { t } = useTranslation('manage')
  if (sales.error)
    return (
      <div className="mt-10">
        <Failure error={sales.error} onAgain={sales.refetch} />
      </div>
    )
  const sum = takingsOf(shows, sales.data?.items, theater.currency)
  return (
    <section className="mt-12" aria-labelledby="figures">
      <h2 id="figures">{t('figures.title')}</h2>
      <table className="figures mt-4">
        <thead>
          <tr>
            <th scope="col">{t('figures.time')}</th>
            <th scope="col" className="figures-wide">
              {t('figures.film')}
            </th>
            <th scope="col" className="figures-extra">
              {t('figures.screen')}
            </th>
            <th scope="col" className="figures-extra figures-number">
              {t('figures.held')}
            </th>
            <th scope="col" className="figures-extra figures-number">
              {t('figures.admitted')}
            </th>
            <th scope="col" className="figures-number">
              {t('figures.sold')}
            </th>
            <th scope="col" className="figures-extra figures-number">
              {t('figures.capacity')}
            </th>
            <th scope="col" className="figures-number">
              {t('figures.takings')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shows.map((show) => {
            const one = sales.data?.items.find((figures) => figures.showId === show.id)
            const cancelled = show.status === 'cancelled'
            return (
              <tr key={show.id}>
                <td>{clockOf(show.localStart)}</td>
                <th scope="row" className="figures-wide">
                  <bdi>{show.movieTitle}</bdi>
                </th>
                <td className="figures-extra">
                  <bdi>{show.screenName}</bdi>
                </td>
                <td className="figures-extra figures-number">{cancelled ? '' : (one?.held ?? '')}</td>
                <td className="figures-extra figures-number">{cancelled ? '' : (one?.admitted ?? '')}</td>
                <td className="figures-number">
                  {cancelled ? <CancelledState refunded={one?.refunded} /> : (one?.sold ?? '')}
                </td>
                <td className="figures-extra figures-number">{cancelled ? '' : show.capacity}</td>
                <td className="figures-number">{one ? <Money value={one.takings} /> : ''}</td>
              </tr>
            )
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {t('figures.day')}
            </th>
            <td className="figures-extra" />
            <td className="figures-extra figures-number">{sum.held}</td>
            <td className="figures-extra figures-number">{sum.admitted}</td>
            <td className="figures-number">{sum.sold}</td>
            <td className="figures-extra figures-number">{sum.capacity}</td>
            <td className="figures-number">
              <Money value={sum.takings} />
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  )
}
