import { useTranslation } from 'react-i18next'
import { useRouteLoaderData } from 'react-router'
import { ButtonLink } from '../../../ui/button.tsx'
import { clockOf, dayInWords } from '../../../util/dates.ts'
import { paths } from '../../../util/path-builder.ts'
import { apiPaths, managePaths } from '../manage-paths.ts'
import type { Items, MyTheater, OwnShow, PriceCard } from '../manage-types.ts'
import { useApi } from '../use-api.ts'
import { CloseOthers } from './close-others.tsx'
import { demoHouses } from './demo-houses.ts'
import { WhatItCosts } from './what-it-costs.tsx'

const fromDemo = ({ name, role }: MyTheater) => role === 'owner' && demoHouses.includes(name)

type Props = { theater: MyTheater; cards: PriceCard[]; shows: OwnShow[] }

/** The first show is on sale: go and look, fill the week, and let the demo go. */
export function OnSale({ theater, cards, shows }: Props) {
  const { t, i18n } = useTranslation('manage')
  const demo = useRouteLoaderData('root')?.demo === true
  const mine = useApi<Items<MyTheater>>(apiPaths.mine())
  const first = shows.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))[0]
  const others = mine.data?.items.filter((one) => one.id !== theater.id && fromDemo(one)) ?? []
  return (
    <>
      {first ? (
        <div className="pb-6">
          <p className="small-print">
            {dayInWords(first.day, i18n.language, 'long')}, <bdi>{first.screenName}</bdi>
          </p>
          <p className="condensed mt-2 text-4xl leading-none md:text-6xl">
            <span className="text-accent">{clockOf(first.localStart)}</span> <bdi>{first.movieTitle}</bdi>
          </p>
          <div className="mt-6 flex flex-wrap gap-3">
            <ButtonLink look="main" to={paths.show(first.id)}>
              {t('opening.sale.seatMap')}
            </ButtonLink>
            <ButtonLink to={managePaths.day(theater.id, first.day)}>{t('opening.sale.programme')}</ButtonLink>
            <ButtonLink to={managePaths.copy(theater.id, first.day)}>{t('opening.sale.copy')}</ButtonLink>
          </div>
        </div>
      ) : null}
      <WhatItCosts theater={theater} cards={cards} />
      {demo && others.length > 0 ? <CloseOthers theaters={others} /> : null}
    </>
  )
}
