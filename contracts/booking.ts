import { contract, group } from '@marquee/kit/contract'
import { checkIn, checkInBatch, doorKeys, doorManifest, getTicket, ticketQr } from './booking/door.ts'
import {
  orderExpired,
  orderLinksRequested,
  orderRefunded,
  orderShowMoved,
  ticketAdmitted,
} from './booking/events.ts'
import { createOrder, extendHold, getSeats, releaseOrder, swapSeats } from './booking/holds.ts'
import {
  cancellationPreview,
  resumeSales,
  seatsLeft,
  seedOrders,
  showSales,
  soldSeats,
} from './booking/office.ts'
import { findOrders, getOrder, listOrders, openOrder, orderCalendar, orderForMail } from './booking/orders.ts'
import { payOrder, refundOrder } from './booking/payment.ts'
import { userErased } from './identity.ts'
import { orderConfirmed } from './order-events.ts'
import { paymentCaptured, paymentFailed, paymentRefunded } from './payments.ts'
import { theaterPeopleChanged } from './theater-events.ts'
import { layoutPublished, showCancelled, showChanged, showScheduled } from './theaters.ts'

export * from './booking/door.ts'
export * from './booking/events.ts'
export * from './booking/holds.ts'
export * from './booking/office.ts'
export * from './booking/orders.ts'
export * from './booking/payment.ts'

export { orderConfirmed }
export const bookingShowsGroup = group('booking.shows', [
  layoutPublished,
  showScheduled,
  showChanged,
  showCancelled,
])
export const bookingPeopleGroup = group('booking.people', [theaterPeopleChanged])
export const bookingPaymentsGroup = group('booking.payments', [
  paymentCaptured,
  paymentFailed,
  paymentRefunded,
])
export const bookingErasureGroup = group('booking.erasure', [userErased])
export const bookingContract = contract('booking', {
  endpoints: {
    getSeats,
    createOrder,
    listOrders,
    findOrders,
    getOrder,
    openOrder,
    swapSeats,
    extendHold,
    releaseOrder,
    payOrder,
    refundOrder,
    orderCalendar,
    getTicket,
    ticketQr,
    checkIn,
    checkInBatch,
    doorManifest,
    doorKeys,
    showSales,
    cancellationPreview,
    seatsLeft,
    soldSeats,
    resumeSales,
    seedOrders,
    orderForMail,
  },
  events: [orderConfirmed, orderExpired, orderRefunded, orderShowMoved, ticketAdmitted, orderLinksRequested],
  groups: [bookingShowsGroup, bookingPeopleGroup, bookingPaymentsGroup, bookingErasureGroup],
})
