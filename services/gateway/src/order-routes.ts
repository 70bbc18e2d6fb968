import { bookingContract } from '@marquee/contracts/booking'
import type { Client } from '@marquee/kit/contract'
import type { FastifyInstance } from 'fastify'
import type { Cookies } from './cookies.ts'
import { inContext } from './in-context.ts'
import { passOn } from './pass-on.ts'

/** Exchanges a guest's order secret for a cookie, so that it leaves the address bar and scripts' reach. */
export function orderRoutes(
  app: FastifyInstance,
  { booking, cookies }: { booking: Client<(typeof bookingContract)['endpoints']>; cookies: Cookies },
): void {
  const endpoint = bookingContract.endpoints.openOrder
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    config: { endpoint },
    handler: async (request, reply) => {
      const { orderId } = request.params as { orderId: string }
      const outcome = await inContext(request, () =>
        booking.as(request.caller).attempt.openOrder({ orderId }),
      )
      if (!outcome.ok) return passOn(reply, outcome)
      const given = request.headers['x-order-secret']
      if (typeof given === 'string')
        reply.header(
          'set-cookie',
          cookies.withOrder(cookies.read(request.headers.cookie).orderSecrets, given),
        )
      return reply.code(204).send()
    },
  })
}
