import type { Order } from '@marquee/contracts/booking'
import { useTranslation } from 'react-i18next'
import { Money } from '../../ui/money.tsx'

/** An order's lines, total and the tax in it. */
export function Bill({ order }: { order: Order }) {
  const { t, i18n } = useTranslation('booking')
  const tax = order.lines.reduce((sum, line) => sum + line.tax.amount, 0)
  const rates = [...new Set(order.lines.map((line) => line.taxRate))]
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 })
  return (
    <dl className="bill">
      {order.lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines never change their order and have no id
        <div key={index}>
          <dt>{line.kind === 'fee' ? t('bill.fee') : line.label}</dt>
          <dd>
            <Money value={line.gross} />
          </dd>
        </div>
      ))}
      <div className="bill-total">
        <dt>{t('choice.total')}</dt>
        <dd>
          <Money value={order.total} />
        </dd>
      </div>
      {rates.some((rate) => rate > 0) ? (
        <div className="small-print">
          <dt>{t('bill.tax', { rates: rates.map((rate) => percent.format(rate)).join(', ') })}</dt>
          <dd>
            <Money value={{ amount: tax, currency: order.total.currency }} />
          </dd>
        </div>
      ) : null}
    </dl>
  )
}
