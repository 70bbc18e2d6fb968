import { useTranslation } from 'react-i18next'
import { OwnersOnly } from '../owners-only.tsx'
import { useTheater } from '../use-theater.ts'
import { CloseTheater } from './close-theater.tsx'
import { DetailsForm } from './details-form.tsx'

/** What the house says of itself and the rules it sells by. */
export default function DetailsPage() {
  const { t } = useTranslation('manage')
  const theater = useTheater()
  return (
    <OwnersOnly>
      <div className="pt-6">
        <title>{`${t('shell.details')}, ${theater.name} · Marquee`}</title>
        <h1 className="manage-title mb-8">{t('shell.details')}</h1>
        <DetailsForm theater={theater} />
        <CloseTheater theater={theater} />
      </div>
    </OwnersOnly>
  )
}
