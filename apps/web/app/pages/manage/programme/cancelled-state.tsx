import { useTranslation } from 'react-i18next'

/** Where sold seats would be counted: that there are none any more, and how many tickets went back. */
export function CancelledState({ refunded }: { refunded: number | undefined }) {
  const { t } = useTranslation('manage')
  return (
    <>
      {t('bar.cancelled')}
      {refunded ? <span className="small-print block">{t('bar.refunded', { count: refunded })}</span> : null}
    </>
  )
}
