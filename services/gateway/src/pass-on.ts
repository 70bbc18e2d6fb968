import type { ProblemBody } from '@marquee/kit/contract'
import type { FastifyReply } from 'fastify'

/** Hands a service's refusal on; who is turned away for now is told for how long. */
export function passOn(reply: FastifyReply, refused: { status: number; problem: ProblemBody }): FastifyReply {
  const { retryAfterSeconds } = refused.problem
  if (typeof retryAfterSeconds === 'number') reply.header('retry-after', String(retryAfterSeconds))
  else if (refused.status === 503 || refused.status === 504) reply.header('retry-after', '2')
  return reply
    .code(refused.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(refused.problem))
}
