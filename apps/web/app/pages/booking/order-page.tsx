import type { Order } from '@marquee/contracts/booking'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type ActionFunctionArgs,
  type ClientLoaderFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useLoaderData,
  useRevalidator,
} from 'react-router'
import { orStillShown } from '../../api/or-still-shown.ts'
import { apiOf, isDemo } from '../../context.ts'
import { Button } from '../../ui/button.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { paths } from '../../util/path-builder.ts'
import './booking.css'
import './checkout.css'
import { Checkout } from './checkout.tsx'
import { Confirmed } from './confirmed.tsx'
import { Ended } from './ended.tsx'
import { Locked } from './locked.tsx'
import { NewsLine } from './news-line.tsx'
import { openOrder, rememberOrder } from './open-order.ts'
import { whyUnpaid } from './pay.ts'
import { qrOf } from './qr.server.ts'
import './texts.ts'
import { useOrderNews } from './use-order-news.ts'
import { useWatchedOrder } from './use-watched-order.ts'
import { Waiting } from './waiting.tsx'

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const orderId = params.orderId ?? ''
  const fromBank = new URL(request.url).searchParams.get('back') === 'bank'
  const outcome = await apiOf(context).booking.attempt.getOrder({ orderId })
  const demo = isDemo(context)
  if (outcome.ok) {
    const codes = Object.fromEntries(outcome.value.tickets.map((ticket) => [ticket.id, qrOf(ticket.code)]))
    const { refundableUntil } = outcome.value
    const tooLate = refundableUntil !== null && Date.parse(refundableUntil) <= Date.now()
    return { orderId, demo, fromBank, order: outcome.value, codes, tooLate, payKey: crypto.randomUUID() }
  }
  // Somebody without the cookie may still carry the secret behind the #, which no server sees.
  if (outcome.status === 401 || outcome.status === 403)
    return { orderId, demo, fromBank, order: null, codes: {}, tooLate: false, payKey: '' }
  throw data(null, { status: outcome.status === 422 ? 404 : outcome.status })
}

type Loaded = Awaited<ReturnType<typeof loader>>
let shown: Loaded | undefined

/** In the middle of paying, a page that cannot be read anew for a moment does not give way to an error page. */
export const clientLoader = ({ params, serverLoader }: ClientLoaderFunctionArgs): Promise<Loaded> =>
  orStillShown(serverLoader<Loaded>(), shown?.orderId === params.orderId ? shown : undefined)

/** Paying without a script; with one, the page talks to the API itself. */
export async function action({ params, request, context }: ActionFunctionArgs) {
  const orderId = params.orderId ?? ''
  const form = await request.formData()
  const card = String(form.get('card') ?? '').replaceAll(/\D/g, '')
  const paid = await apiOf(context).booking.attempt.payOrder(
    { orderId, method: 'sandbox', card },
    { idempotencyKey: String(form.get('key') ?? '') },
  )
  if (!paid.ok) return data({ code: whyUnpaid(paid.problem) }, { status: paid.status })
  const next = 'next' in paid.value ? paid.value.next : undefined
  // A form of ours may lead nowhere else, says the content policy, so that the page itself leads to the bank.
  if (next && 'redirectUrl' in next) return data({ bank: next.redirectUrl })
  return redirect(paths.order(orderId))
}

export default function OrderPage() {
  const posted = useActionData<typeof action>()
  const refused = posted && 'code' in posted ? posted.code : undefined
  const here = useLoaderData<typeof loader>()
  const { orderId, demo, fromBank, order: loaded, codes, tooLate, payKey } = here
  useEffect(() => {
    shown = here
    return () => {
      shown = undefined
    }
  }, [here])
  const bankRefused = fromBank ? 'payment-declined' : undefined
  const { t } = useTranslation('booking')
  const { opening, again } = useSecretInAddress(orderId)
  const order = useWatchedOrder(loaded)
  const givesBack = useRef(false)
  const news = useOrderNews(order, givesBack)
  if (!order) {
    if (opening === 'done') return <Locked next={`/orders/${orderId}`} />
    return (
      <div className="page py-10">
        {opening === 'unanswered' ? (
          <ErrorState
            title={t('problem.unreachable.title')}
            actions={<Button onClick={again}>{t('again')}</Button>}
          >
            {t('order.unanswered')}
          </ErrorState>
        ) : (
          <SkeletonRows label={t('order.opening')} />
        )}
      </div>
    )
  }
  return (
    <div className="page pt-8 pb-16">
      <title>{`${order.show.movieTitle}, ${t(`order.status.${order.status}`)} · Marquee`}</title>
      <NewsLine news={news} currency={order.total.currency} />
      {isOver(order) ? (
        <Ended order={order} />
      ) : order.status === 'held' ? (
        <Checkout order={order} demo={demo} payKey={payKey} refused={refused ?? bankRefused} />
      ) : order.status === 'paying' ? (
        <Waiting order={order} bank={posted && 'bank' in posted ? posted.bank : undefined} />
      ) : (
        <Confirmed order={order} codes={codes} tooLate={tooLate} demo={demo} givesBack={givesBack} />
      )}
    </div>
  )
}

/** A hold of a cancelled show is over before it is swept up. */
const isOver = ({ status, show }: Order) =>
  status === 'expired' || status === 'released' || (status === 'held' && show.cancelled)

/** Trades the secret behind the # for a cookie, takes it out of the address bar and loads the order again. */
function useSecretInAddress(orderId: string) {
  const [opening, setOpening] = useState<'opening' | 'unanswered' | 'done'>('opening')
  const { revalidate } = useRevalidator()
  const open = useCallback(async () => {
    const secret = window.location.hash.slice(1)
    if (secret.length < 16) return setOpening('done')
    setOpening('opening')
    const outcome = await openOrder(orderId, secret)
    // Nobody answered: it stays where it is, being the only way to this order.
    if (outcome === 'unanswered') return setOpening('unanswered')
    history.replaceState(history.state, '', window.location.pathname + window.location.search)
    if (outcome === 'opened') {
      rememberOrder(orderId)
      await revalidate()
    }
    setOpening('done')
  }, [orderId, revalidate])
  useEffect(() => void open(), [open])
  return { opening, again: open }
}
