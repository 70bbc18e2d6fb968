import { type RouteConfigEntry, route } from '@react-router/dev/routes'

export const bookingRoutes: RouteConfigEntry[] = [
  route('shows/:showId', 'pages/booking/show-page.tsx'),
  route('orders', 'pages/booking/orders-page.tsx'),
  route('orders/:orderId', 'pages/booking/order-page.tsx'),
  route('tickets/:ticketId', 'pages/booking/ticket-page.tsx'),
  route('offline-worker.js', 'pages/booking/offline-worker.ts'),
]
