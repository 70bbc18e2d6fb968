import { event } from '@marquee/kit/contract'
import { z } from 'zod'
import { MovieId, OrderId } from './common.ts'

/** An order is paid and has its tickets; `movieId` and `tickets` say what was sold. */
export const orderConfirmed = event(
  'order.confirmed.v1',
  z.object({
    orderId: OrderId,
    version: z.int(),
    movieId: MovieId.optional(),
    tickets: z.int().optional(),
  }),
)
