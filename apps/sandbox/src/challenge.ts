import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Book } from './book.ts'
import { challengePage, textPage } from './challenge-page.ts'
import { isOpen, type Payment } from './payment.ts'
import type { Provider } from './provider.ts'
import { sameSecret } from './signature.ts'

/** The page of the cardholder's bank: 3-D Secure, as far as a sandbox needs it. */
export function registerChallenge(
  app: FastifyInstance,
  { book, provider }: { book: Book; provider: Provider },
) {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
  app.addHook('onRequest', async (_, reply) => {
    reply.headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
  })

  app.get('/challenge/:id', async (request, reply) => {
    const payment = find(request)
    if (!payment) return reply.code(404).send(textPage('There is nothing to confirm here.'))
    if (!isOpen(payment)) return back(reply, payment)
    return reply.send(challengePage(payment, keyOf(request)))
  })
  app.post('/challenge/:id', async (request, reply) => {
    const payment = find(request)
    if (!payment) return reply.code(404).send(textPage('There is nothing to confirm here.'))
    const { answer } = (request.body ?? {}) as { answer?: string }
    if (answer === 'approve') await provider.finish(payment, 'captured')
    else if (answer === 'decline') await provider.finish(payment, 'declined', 'authentication_failed')
    else return reply.code(422).send(challengePage(payment, keyOf(request)))
    return back(reply, payment)
  })

  function find(request: FastifyRequest): Payment | undefined {
    const payment = book.payment((request.params as { id: string }).id)
    return payment?.challenge && sameSecret(keyOf(request), payment.challenge) ? payment : undefined
  }
}

function keyOf(request: FastifyRequest): string {
  const { key } = request.query as { key?: unknown }
  return typeof key === 'string' ? key : ''
}

function back(reply: FastifyReply, payment: Payment): FastifyReply {
  return reply.code(303).header('location', payment.returnUrl).send()
}
