import { identityContract, type Session } from '@marquee/contracts/identity'
import { type Client, type EndpointSpec, invalid, type ProblemBody, seenHeader } from '@marquee/kit/contract'
import { sendProblem } from '@marquee/kit/http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Cookies } from './cookies.ts'
import { inContext } from './in-context.ts'
import { passOn } from './pass-on.ts'

type Endpoints = (typeof identityContract)['endpoints']
type SessionOutcome =
  | { ok: true; status: number; value: z.infer<typeof Session>; headers: Record<string, string> }
  | { ok: false; status: number; problem: ProblemBody }

/** Endpoints that the gateway answers itself, because they set a browser's cookies. */
export const sessionEndpoints: readonly EndpointSpec[] = [
  identityContract.endpoints.login,
  identityContract.endpoints.register,
  identityContract.endpoints.refresh,
  identityContract.endpoints.logout,
]

export type SessionRoutesDeps = { identity: Client<Endpoints>; cookies: Cookies }

/** Log in, register, refresh, log out: tokens go to programs in the body, to browsers as cookies. */
export function sessionRoutes(app: FastifyInstance, { identity, cookies }: SessionRoutesDeps): void {
  const { login, register, refresh, logout } = identityContract.endpoints

  const route = (
    endpoint: EndpointSpec,
    handler: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>,
  ) =>
    app.route({
      method: endpoint.method,
      url: endpoint.path,
      config: { endpoint },
      handler: async (request, reply) => {
        const body = endpoint.body?.safeParse(request.body)
        if (!body || body.success) return inContext(request, () => handler(request, reply))
        const errors = body.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
        sendProblem(reply, invalid(errors), request.id)
        return reply
      },
    })

  for (const [name, endpoint] of [
    ['login', login],
    ['register', register],
  ] as const)
    route(endpoint, async (request, reply) => {
      const body = (request.body ?? {}) as Record<string, unknown>
      const outcome = await identity.as(request.caller).attempt[name](body as never)
      return answer(reply, outcome, body.session === 'token')
    })

  route(refresh, async (request, reply) => {
    const given = (request.body ?? {}) as { refreshToken?: unknown }
    const byProgram = given.refreshToken !== undefined
    const refreshToken = byProgram ? given.refreshToken : cookies.read(request.headers.cookie).refresh
    const outcome = await identity.as(request.caller).attempt.refresh({ refreshToken } as never)
    if (!outcome.ok && !byProgram)
      for (const cookie of cookies.endSession()) reply.header('set-cookie', cookie)
    return answer(reply, outcome, byProgram)
  })

  route(logout, async (request, reply) => {
    const given = (request.body ?? {}) as { refreshToken?: unknown }
    const refreshToken = given.refreshToken ?? cookies.read(request.headers.cookie).refresh
    const outcome = await identity.as(request.caller).attempt.logout({ refreshToken } as never)
    // This browser is logged out, also when nobody could end the session itself.
    for (const cookie of cookies.endSession()) reply.header('set-cookie', cookie)
    return outcome.ok ? reply.code(204).send() : passOn(reply, outcome)
  })

  function answer(reply: FastifyReply, outcome: SessionOutcome, byProgram: boolean): FastifyReply {
    if (!outcome.ok) return passOn(reply, outcome)
    const { refreshToken, ...rest } = outcome.value
    const seen = outcome.headers[seenHeader]
    if (seen !== undefined) reply.header(seenHeader, seen)
    if (!byProgram && refreshToken)
      for (const cookie of cookies.session(rest.accessToken, refreshToken)) reply.header('set-cookie', cookie)
    return reply
      .code(outcome.status)
      .header('cache-control', 'no-store')
      .send(byProgram ? outcome.value : rest)
  }
}
