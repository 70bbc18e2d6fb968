import type { Order } from '@marquee/contracts/booking'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Money } from '../../ui/money.tsx'
import { FormError } from '../../ui/states.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { pay } from './pay.ts'
import { forgetPaying, wasPaying } from './paying.ts'
import { useReload } from './use-reload.ts'

const sandboxCards = [
  { number: '4242424242424242', does: 'pays' },
  { number: '4000000000000002', does: 'declines' },
  { number: '4000000000003220', does: 'secure' },
  { number: '4000000000000259', does: 'late' },
] as const

type Props = {
  order: Order
  demo: boolean
  /** Makes the plain form pay once. */
  payKey: string
  refused?: string
}

/** The sandbox's card form; other providers bring their own fields. */
export function CardForm({ order, demo, payKey, refused }: Props) {
  const { t } = useTranslation('booking')
  const reload = useReload(order.id)
  const [card, setCard] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | undefined>(refused)
  const [notWhole, setNotWhole] = useState(false)

  const change = (number: string) => {
    setCard(inFours(number))
    setNotWhole(false)
  }

  // An attempt that went through the bank and came back unpaid is told here.
  useEffect(() => {
    if (wasPaying(order.id)) setFailure('payment-declined')
    forgetPaying(order.id)
  }, [order.id])

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setFailure(undefined)
    const outcome = await pay(order.id, card.replaceAll(/\D/g, ''))
    if (outcome.go === 'away') return window.location.assign(outcome.to)
    // Whatever the answer was, the order itself knows best where it stands.
    await reload()
    // With the word why the form can be used again: who reads it may try another card at once.
    if (outcome.go === 'failed') setFailure(outcome.code)
    setBusy(false)
  }
  return (
    <section aria-labelledby="pay-title" className="pay">
      <h2 id="pay-title">{t('pay.title')}</h2>
      <form method="post" onSubmit={submit} className="mt-4 grid gap-4">
        <input type="hidden" name="key" value={payKey} />
        <TextField
          label={t('pay.card')}
          name="card"
          inputMode="numeric"
          autoComplete="cc-number"
          required
          pattern="[0-9 ]{12,23}"
          value={card}
          error={notWhole ? t('pay.failed.invalid-input') : undefined}
          onInvalid={(event) => {
            event.preventDefault()
            event.currentTarget.focus()
            setNotWhole(true)
          }}
          onChange={(event) => change(event.target.value)}
          className="card-number"
        />
        <FormError>
          {failure ? t(`pay.failed.${failure}`, { defaultValue: t('pay.failed.unknown') }) : undefined}
        </FormError>
        <Button look="main" type="submit" busy={busy} className="w-full">
          {busy ? (
            t('pay.busy')
          ) : (
            <span>
              {t('pay.submit')} <Money value={order.total} />
            </span>
          )}
        </Button>
        <p className="small-print">
          {order.email ? t('pay.mailTo', { email: order.email }) : t('pay.mailToAccount')}
        </p>
      </form>
      {demo ? (
        <div className="mt-6 border-line border-t pt-4">
          <h3 className="label-print">{t('pay.demo.title')}</h3>
          <ul>
            {sandboxCards.map(({ number, does }) => (
              <li key={number}>
                <button type="button" className="demo-card" onClick={() => change(number)}>
                  <span className="demo-card-number">{inFours(number)}</span>
                  <span className="text-quiet">{t(`pay.demo.${does}`)}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  )
}

const inFours = (text: string) =>
  text
    .replaceAll(/\D/g, '')
    .slice(0, 19)
    .replaceAll(/(\d{4})(?=\d)/g, '$1 ')
