import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Behaviour } from './behaviour.ts'
import type { Book, Notice } from './book.ts'
import type { Journal } from './journal.ts'
import { isOpen, NewPayment, NewRefund, type Payment, presentPayment, presentRefund } from './payment.ts'
import type { Provider, Refusal } from './provider.ts'
import { sameSecret } from './signature.ts'
import type { Teller } from './teller.ts'

export type ApiDeps = {
  book: Book
  journal: Journal
  provider: Provider
  teller: Teller
  behaviour: Behaviour
  secret: string
  publicUrl: () => string
}

const statuses: Readonly<Record<string, number>> = { idempotency_key_reused: 409, unknown_payment: 404 }
const BookQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(5000).default(1000),
})
const Endpoint = z.object({ url: z.url({ protocol: /^https?$/ }) })
const idOf = (request: FastifyRequest) => (request.params as { id: string }).id

/** The merchant's API. */
export function registerApi(app: FastifyInstance, deps: ApiDeps): void {
  const { book, journal, provider, teller, behaviour, secret, publicUrl } = deps
  const show = (payment: Payment) => presentPayment(payment, publicUrl())

  app.addHook('onRequest', async (request, reply) => {
    const given = request.headers.authorization ?? ''
    if (!sameSecret(given, `Bearer ${secret}`)) return problem(reply, 401, 'unauthorized', 'The key is wrong')
    if (behaviour.answers === 'refuse') return problem(reply, 503, 'unavailable', 'Closed for a test')
  })
  // Whoever reads must not learn of what a crash could still undo.
  app.addHook('preHandler', async (request) => {
    if (request.method === 'GET') await journal.settled()
  })

  app.post('/v1/payments', async (request, reply) => {
    const wish = readBody(request, reply, NewPayment)
    if (!wish) return reply
    const result = await provider.pay(wish)
    if (!result.ok) return refused(reply, result)
    return answer(reply, { body: show(result.payment), notice: result.notice })
  })
  app.get('/v1/payments', async (request, reply) => {
    const { reference } = request.query as { reference?: string }
    const found = reference === undefined ? undefined : book.byReference(reference)
    return reply.send({ object: 'list', data: found ? [show(found)] : [] })
  })
  app.get('/v1/payments/:id', async (request, reply) => {
    const payment = book.payment(idOf(request))
    return payment ? reply.send(show(payment)) : missing(reply)
  })
  app.post('/v1/payments/:id/cancel', async (request, reply) => {
    const payment = book.payment(idOf(request))
    if (!payment) return missing(reply)
    await provider.finish(payment, 'cancelled', 'cancelled_by_merchant')
    return answer(reply, { body: show(payment) })
  })
  app.post('/v1/refunds', async (request, reply) => {
    const wish = readBody(request, reply, NewRefund)
    if (!wish) return reply
    const result = await provider.refund(wish)
    if (!result.ok) return refused(reply, result)
    return answer(reply, { body: presentRefund(result.refund), notice: result.notice })
  })
  app.get('/v1/book', async (request, reply) => {
    const query = BookQuery.safeParse(request.query)
    if (!query.success) return problem(reply, 422, 'invalid', z.prettifyError(query.error))
    const data = book.entriesAfter(query.data.after, query.data.limit)
    return reply.send({ object: 'list', data, has_more: data.length === query.data.limit })
  })
  app.put('/v1/webhook', async (request, reply) => {
    const given = Endpoint.safeParse(request.body)
    if (!given.success) return problem(reply, 422, 'invalid', z.prettifyError(given.error))
    if (given.data.url !== book.endpoint()) {
      const record = { type: 'endpoint', url: given.data.url } as const
      book.apply(record)
      journal.append(record)
      await journal.settled()
    }
    teller.tellAll()
    return reply.send(given.data)
  })
  app.get('/v1/status', async (_, reply) =>
    reply.send({ open: book.openPayments().filter(isOpen).length, untold: book.untold().length }),
  )

  async function answer(
    reply: FastifyReply,
    { body, notice }: { body: object; notice?: Notice | undefined },
  ) {
    if (notice && behaviour.webhooks === 'first') await teller.allHeard()
    if (behaviour.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, behaviour.delayMs))
    if (behaviour.answers === 'normal') return reply.send(body)
    reply.hijack()
    if (behaviour.answers === 'drop') reply.raw.destroy()
    return reply
  }
}

function readBody<Schema extends z.ZodObject>(request: FastifyRequest, reply: FastifyReply, schema: Schema) {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || key.length === 0 || key.length > 100) {
    void problem(reply, 400, 'idempotency_key_missing', 'Send an Idempotency-Key of up to 100 characters')
    return undefined
  }
  const parsed = schema.safeParse(request.body)
  if (parsed.success)
    return { ...parsed.data, idempotencyKey: key } as z.output<Schema> & { idempotencyKey: string }
  void problem(reply, 422, 'invalid', z.prettifyError(parsed.error))
  return undefined
}

function problem(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  return reply.code(status).send({ error: { code, message } })
}
const refused = (reply: FastifyReply, { code, message }: Refusal) =>
  problem(reply, statuses[code] ?? 422, code, message)
const missing = (reply: FastifyReply) => problem(reply, 404, 'unknown_payment', 'There is no such payment')
