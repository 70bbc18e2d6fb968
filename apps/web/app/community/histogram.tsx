import { useTranslation } from 'react-i18next'
import { Engraving } from './engraving.tsx'
import { starsInPrint } from './stars.tsx'
import './texts.ts'

/** How many gave what, from half a star to five. */
export function Histogram({ counts }: { counts: number[] }) {
  const { t } = useTranslation('voices')
  const columns = counts.map((count, at) => {
    const stars = (at + 1) / 2
    return { key: stars, count, said: t('histogram.line', { stars: starsInPrint(stars), count }) }
  })
  return <Engraving columns={columns} label={t('histogram.label')} ends={['½', '5']} />
}
