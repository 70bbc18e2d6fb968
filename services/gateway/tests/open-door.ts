import { bookingContract } from '@marquee/contracts/booking'
import { identityContract } from '@marquee/contracts/identity'
import { moviesContract } from '@marquee/contracts/movies'
import { reviewsContract } from '@marquee/contracts/reviews'
import { createMemoryCache } from '@marquee/kit/cache'
import {
  answeredHere,
  type CallRequest,
  type Contract,
  connect,
  type Endpoints,
  fail,
  type Implementation,
  implement,
  localLink,
} from '@marquee/kit/contract'
import { createHttpApp } from '@marquee/kit/http'
import { createMemoryLive } from '@marquee/kit/live'
import { currentCorrelationId } from '@marquee/kit/telemetry'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { createGateway, GatewayConfig } from '../src/index.ts'

type Handler = (input: never, request: CallRequest) => unknown

/** A neighbour that answers only what a test gives it. */
function neighbour<Of extends Endpoints>(
  contract: Contract<string, Of>,
  given: { [Name in keyof Of]?: Handler },
): Implementation {
  const silent = Object.fromEntries(
    Object.keys(contract.endpoints).map((name) => [name, () => fail('unavailable')]),
  )
  const guards = Object.fromEntries(Object.keys(contract.endpoints).map((name) => [name, () => ({})]))
  return implement(contract, {
    handlers: { ...silent, ...given } as never,
    guards: guards as never,
  }) as unknown as Implementation
}

/** A gateway in front of neighbours that a test controls, and tokens as identity would sign them. */
export async function openDoor(given: {
  identity?: Record<string, Handler>
  movies?: Record<string, Handler>
  booking?: Record<string, Handler>
  reviews?: Record<string, Handler>
  limits?: Partial<GatewayConfig['limits']>
  corsOrigins?: string[]
  render?: (request: Request, nonce: string) => Promise<Response> | Response
  /** What stands on the listener before the gateway does, as services' own routes do. */
  install?: (app: ReturnType<typeof createHttpApp>) => void
}) {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'EdDSA' }
  let moment = Temporal.Instant.from('2026-11-21T18:00:00Z')
  const implementations = [
    neighbour(identityContract, {
      jwks: () => ({ keys: [jwk] }),
      listRevocations: () => ({ items: [], last: 0 }),
      ...given.identity,
    }),
    neighbour(moviesContract, given.movies ?? {}),
    neighbour(bookingContract, given.booking ?? {}),
    neighbour(reviewsContract, given.reviews ?? {}),
  ]
  const link = localLink((service) => implementations.find((one) => one.contract.name === service))
  const bugs: unknown[] = []
  const app = createHttpApp({ onBug: (error) => bugs.push(error) })
  const cache = createMemoryCache()
  const live = createMemoryLive()
  const gateway = createGateway({
    config: GatewayConfig.parse({
      ...(given.limits ? { limits: given.limits } : {}),
      ...(given.corsOrigins ? { corsOrigins: given.corsOrigins } : {}),
    }),
    contracts: [],
    services: implementations.map(answeredHere),
    connect: (contract) =>
      connect(contract, link, {
        service: 'gateway',
        correlationId: () => currentCorrelationId() ?? 'test',
      }),
    cache,
    live,
    now: () => moment,
    limitsOff: given.limits === undefined,
    origin: 'http://cinema.example',
    ...(given.render
      ? {
          pages: {
            render: async (request, { nonce }) => given.render?.(request, nonce) ?? new Response(),
            publicPageAt: (path: string) => (path === '/' ? { tags: ['shows'], query: ['date'] } : undefined),
            cacheSeconds: 60,
          },
        }
      : {}),
  })
  given.install?.(app)
  gateway.install(app)
  await app.ready()
  return {
    app,
    cache,
    live,
    bugs,
    jobs: gateway.jobs,
    pass: (duration: Temporal.DurationLike) => {
      moment = moment.add(duration)
    },
    token: (userId: string, sessionId = 's1') =>
      new SignJWT({ sid: sessionId, roles: ['user'] })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'k1' })
        .setSubject(userId)
        .setIssuedAt(Math.floor(moment.epochMilliseconds / 1000))
        .setExpirationTime(Math.floor(moment.epochMilliseconds / 1000) + 600)
        .sign(privateKey),
  }
}
