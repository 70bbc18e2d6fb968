import type { Order } from '@marquee/contracts/booking'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sendOnce } from '../../api/send-once.ts'
import { Button } from '../../ui/button.tsx'
import { CheckField } from '../../ui/check-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Money } from '../../ui/money.tsx'
import { FormError } from '../../ui/states.tsx'
import { localeOf } from '../../util/money.ts'
import { useReload } from './use-reload.ts'

type Props = {
  order: Order
  /** As the house's clock has it; a device's own may be wrong. */
  late: boolean
  open: boolean
  onClose: () => void
  /** How much is on its way back. */
  onDone: (amount: number) => void
}

/** Which tickets to give back, for how much, and until when that goes. */
export function RefundDialog({ order, late: pastCutoff, open, onClose, onDone }: Props) {
  const { t, i18n } = useTranslation('booking')
  const reload = useReload(order.id)
  const tickets = order.tickets.filter((ticket) => ticket.status === 'valid')
  const [kept, setKept] = useState<string[]>([])
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  const chosen = tickets.filter((ticket) => !kept.includes(ticket.id))
  const { cancelled } = order.show
  const late = pastCutoff && !cancelled
  // The fee comes back only when the cinema is the reason.
  const fee = cancelled ? feeOfSeat(order) : 0
  const amountOf = (seatId: string) =>
    (order.seats.find((seat) => seat.seatId === seatId)?.price.amount ?? 0) + fee
  const total = chosen.reduce((sum, ticket) => sum + amountOf(ticket.seatId), 0)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (busy || chosen.length === 0) return
    setBusy(true)
    const body = { tickets: chosen.map((ticket) => ticket.id) }
    const answer = await sendOnce(`refund:${order.id}`, `/api/orders/${order.id}/refund`, body)
    setFailure(answer.ok ? undefined : answer.code)
    await reload()
    setBusy(false)
    if (answer.ok) onDone(total)
  }
  function close() {
    setFailure(undefined)
    onClose()
  }
  const until = order.refundableUntil
    ? new Intl.DateTimeFormat(localeOf(i18n.language), {
        dateStyle: 'full',
        timeStyle: 'short',
        timeZone: order.show.timeZone,
      }).format(new Date(order.refundableUntil))
    : ''
  return (
    <Dialog open={open} onClose={close} title={late ? t('refund.lateTitle') : t('refund.ask')}>
      {late ? (
        <>
          <p>{t('refund.late', { until })}</p>
          <Button className="mt-5" onClick={close}>
            {t('refund.close')}
          </Button>
        </>
      ) : (
        <form onSubmit={submit} className="grid gap-4">
          <fieldset>
            <legend className="text-quiet">{t(cancelled ? 'refund.whichCancelled' : 'refund.which')}</legend>
            <ul className="mt-2">
              {tickets.map((ticket) => {
                const seat = order.seats.find((one) => one.seatId === ticket.seatId)
                return (
                  <li
                    key={ticket.id}
                    className="flex items-center justify-between gap-4 border-line border-t"
                  >
                    <CheckField
                      label={t('map.seat', { row: seat?.row, number: seat?.number })}
                      checked={!kept.includes(ticket.id)}
                      onChange={(event) =>
                        setKept((now) =>
                          event.target.checked ? now.filter((id) => id !== ticket.id) : [...now, ticket.id],
                        )
                      }
                    />
                    <Money value={{ amount: amountOf(ticket.seatId), currency: order.total.currency }} />
                  </li>
                )
              })}
            </ul>
          </fieldset>
          <p className="small-print">{t(cancelled ? 'refund.termsCancelled' : 'refund.terms', { until })}</p>
          <FormError>
            {failure ? t(`refund.failed.${failure}`, { defaultValue: t('problem.unknown.text') }) : undefined}
          </FormError>
          <div className="flex flex-wrap gap-3">
            <Button look="bad" type="submit" busy={busy} disabled={chosen.length === 0}>
              <span>
                {t('refund.confirm', { count: chosen.length })}{' '}
                <Money value={{ amount: total, currency: order.total.currency }} />
              </span>
            </Button>
            <Button onClick={close}>{t('refund.keep')}</Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}

function feeOfSeat({ lines, seats }: Order): number {
  const fee = lines.find((line) => line.kind === 'fee')?.gross.amount ?? 0
  return Math.round(fee / Math.max(seats.length, 1))
}
