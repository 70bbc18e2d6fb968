import { sayLast } from '@marquee/kit/http'
import type { FastifyInstance, FastifyReply } from 'fastify'

/**
 * Tells every cache on the way what it may keep: nothing of which nobody said that it is for everybody, nor an answer
 * that brings somebody cookies, whatever it is. Where other sites may call, answers differ by the site that asks.
 */
export function tellCaches(app: FastifyInstance, deps: { readonly corsOrigins: readonly string[] }): void {
  sayLast(app, (_request, reply) => {
    const said = reply.getHeader('cache-control')
    if (said === undefined) reply.header('cache-control', 'no-store')
    else if (reply.hasHeader('set-cookie') && String(said).includes('public'))
      reply.header('cache-control', 'private, no-cache')
    if (deps.corsOrigins.length > 0) reply.header('vary', withOrigin(reply))
  })
}

function withOrigin(reply: FastifyReply): string {
  const vary = reply.getHeader('vary')
  return vary === undefined ? 'Origin' : `${vary}, Origin`
}
