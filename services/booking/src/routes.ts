import { bookingContract } from '@marquee/contracts/booking'
import { type Implementation, implement } from '@marquee/kit/contract'
import type { CheckInRoutes } from './check-in-routes.ts'
import type { Guards } from './guards.ts'
import type { HoldRoutes } from './hold-routes.ts'
import type { OfficeRoutes } from './office-routes.ts'
import type { OrderRoutes } from './order-routes.ts'

type Routes = {
  hold: HoldRoutes
  order: OrderRoutes
  checkIn: CheckInRoutes
  office: OfficeRoutes
  guards: Guards
}

/** Every endpoint beside the function that answers it. */
export function createRoutes({
  hold,
  order,
  checkIn,
  office,
  guards,
}: Routes): Implementation<typeof bookingContract.endpoints> {
  const { byOrder, byTicket, byShow, byTheater } = guards
  return implement(bookingContract, {
    handlers: { ...hold, ...order, ...checkIn, ...office },
    guards: {
      getOrder: byOrder,
      openOrder: byOrder,
      swapSeats: byOrder,
      extendHold: byOrder,
      releaseOrder: byOrder,
      payOrder: byOrder,
      refundOrder: byOrder,
      orderCalendar: byOrder,
      getTicket: byTicket,
      ticketQr: byTicket,
      doorManifest: byShow,
      showSales: byTheater,
      cancellationPreview: byShow,
    },
  })
}
