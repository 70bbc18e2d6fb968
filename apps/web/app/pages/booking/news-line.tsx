import { useTranslation } from 'react-i18next'
import { formatMoney } from '../../util/money.ts'
import type { News } from './order-news.ts'

// The heading of the page says these to whoever sees it.
const onlyRead = new Set<News['kind']>(['expired', 'released'])

/** What has just become of an order; the line is there before there is anything to say, so that it is read out. */
export function NewsLine({ news, currency }: { news: News | undefined; currency: string }) {
  const { t, i18n } = useTranslation('booking')
  const look = news && !onlyRead.has(news.kind) ? 'notice mb-6' : 'sr-only'
  const money = news && 'amount' in news ? formatMoney({ amount: news.amount, currency }, i18n.language) : ''
  return (
    <p role="status" className={look}>
      {news ? t(`news.${news.kind}`, { money }) : ''}
    </p>
  )
}
