import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Money } from '../../../ui/money.tsx'
import type { Sales } from '../manage-types.ts'

type Props = { figures: Sales | undefined; cancelled: boolean }

/** How a show sells; of a cancelled one, what was sold before and goes back. */
export function Figures({ figures, cancelled }: Props) {
  const { t } = useTranslation('manage')
  const shown: [name: string, of: (figures: Sales) => ReactNode][] = cancelled
    ? [
        ['refunded', ({ refunded, sold }) => refundedOf(refunded, refunded + sold)],
        ['givenBack', ({ givenBack }) => <Money value={givenBack} />],
        ['takings', ({ takings }) => <Money value={takings} />],
      ]
    : [
        ['sold', ({ sold, capacity }) => t('bar.share', { sold, capacity })],
        ['held', ({ held }) => held],
        ['admitted', ({ admitted }) => admitted],
        ['takings', ({ takings }) => <Money value={takings} />],
      ]
  return (
    <dl className="facts mt-6">
      {shown.map(([name, of]) => (
        <div key={name}>
          <dt>{t(`figures.${name}`)}</dt>
          <dd>{figures ? of(figures) : unknown}</dd>
        </div>
      ))}
    </dl>
  )

  /** Tickets of a full house go back some at a time. */
  function refundedOf(refunded: number, all: number): ReactNode {
    return refunded < all ? t('bar.share', { sold: refunded, capacity: all }) : refunded
  }
}

/** Holds the place of a figure that is on its way. */
const unknown = '–'
