import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../util/path-builder.ts'
import { FindOrders } from './find-orders.tsx'

/** An order or ticket that this browser may not see: how to get to it. */
export function Locked({ next }: { next: string }) {
  const { t } = useTranslation('booking')
  return (
    <div className="page py-10">
      <title>{`${t('locked.title')} · Marquee`}</title>
      <h1>{t('locked.title')}</h1>
      <p className="mt-4 max-w-prose text-lg text-quiet">{t('locked.text')}</p>
      <p className="mt-4">
        <Link to={paths.login({ next })}>{t('locked.logIn')}</Link>
      </p>
      <FindOrders />
    </div>
  )
}
