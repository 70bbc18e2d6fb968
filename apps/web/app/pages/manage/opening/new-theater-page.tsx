import { useTranslation } from 'react-i18next'
import { useMe } from '../../../api/me.ts'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import '../manage.css'
import { Stranger } from '../manage-page.tsx'
import { managePaths } from '../manage-paths.ts'
import '../texts.ts'
import { HouseForm } from './house-form.tsx'
import { Steps } from './steps.tsx'

/** "Make it yours": the first of five steps, a house with a name. */
export default function NewTheaterPage() {
  const { t } = useTranslation('manage')
  const me = useMe()
  return (
    <div className="manage-page pt-6 md:pt-10">
      <title>{`${t('opening.title')} · Marquee`}</title>
      <h1>{t('opening.title')}</h1>
      <p className="mt-3 max-w-prose text-quiet">{t('opening.lead')}</p>
      {me === undefined ? (
        <SkeletonRows rows={3} label={t('loading')} />
      ) : me === null ? (
        <div className="mt-8">
          <Stranger next={managePaths.new()} />
        </div>
      ) : (
        <>
          <Steps at="house" />
          <HouseForm />
        </>
      )}
    </div>
  )
}
