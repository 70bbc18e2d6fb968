import { setTimeout as pause } from 'node:timers/promises'
import { contracts } from '@marquee/contracts'
import { bookingContract } from '@marquee/contracts/booking'
import { moviesContract } from '@marquee/contracts/movies'
import { operationsContract } from '@marquee/contracts/operations'
import { createGateway, sharedLimitStore } from '@marquee/gateway'
import { answeredHere } from '@marquee/kit/contract'
import { createJobRunner, type JobRunner } from '@marquee/kit/events'
import { createHttpApp, drain, type Load, type Upstream, webSocketPassage } from '@marquee/kit/http'
import { systemClock } from '@marquee/kit/service'
import type { FastifyInstance } from 'fastify'
import { healthRoutes } from './health.ts'
import { logFailures } from './log-failures.ts'
import type { OpenHost, Others } from './open-host.ts'
import { backlogJob, createOperations } from './operations.ts'
import { posterPictures } from './poster-pictures.ts'
import type { Settings } from './settings.ts'
import { createSite } from './site.ts'
import { staticFiles } from './static-files.ts'

export type Doors = {
  app: FastifyInstance
  jobs: JobRunner
  /** Learns what must be known before the first request; waits two seconds at most for whoever does not tell. */
  lookAround: () => Promise<void>
  close: () => Promise<void>
}

const longestLook = 2000

/** Puts the gateway, the services' routes, the site and the health checks on one listener, not listening yet. */
export async function openDoors(
  open: OpenHost,
  { settings, origin, load }: { settings: Settings; origin: string; load: Load },
): Promise<Doors> {
  const { host, cache, log, metrics } = open
  const app = createHttpApp({
    trustProxy: settings.trustProxy,
    ...logFailures(log),
    load,
  })
  const connect = host.connectAs('gateway')
  const site = await createSite({ connect: host.connectAs('web'), origin, demo: settings.demo })
  // Whoever has the bus can answer for it.
  const groups = contracts.flatMap((contract) => contract.groups.map(({ name }) => name))
  const operations = answeredHere(createOperations({ bus: open.bus, log, groups }))
  const alone = metrics.counter(
    'marquee_limits_alone_total',
    'Calls that this gateway counted for itself, because Redis was away',
  )
  const gateway = createGateway({
    config: open.gatewayConfig,
    contracts,
    services: contracts.map((contract) =>
      contract.name === operationsContract.name ? operations : host.answering(contract),
    ),
    connect,
    cache,
    live: open.live,
    now: systemClock.now,
    limitsOff: settings.limitsOff,
    limitStore: open.redis && sharedLimitStore({ redis: open.redis.connection, onAlone: () => alone.inc() }),
    origin,
    pages: site.pages,
  })

  healthRoutes(app, host)
  for (const service of host.services) service.rawRoutes?.(app)
  if (open.others && !host.services.some(({ name }) => name === bookingContract.name))
    webSocketPassage(app, '/api/live', instanceOf(open.others, bookingContract.name))
  await staticFiles(app, site.assetsDirectory)
  posterPictures(app, { movies: connect(moviesContract).asService() })
  gateway.install(app)
  await app.ready()

  const backlog = backlogJob(open.bus, metrics, groups)
  const jobs = createJobRunner([...gateway.jobs, backlog], { log, metrics })
  return {
    app,
    jobs,
    async lookAround() {
      // A failure shows when the job runs again at its time: a door without identity still shows the programme.
      const look = Promise.allSettled(gateway.jobs.map(({ name }) => jobs.runJob(name)))
      await Promise.race([look, pause(longestLook, undefined, { ref: false })])
    },
    async close() {
      const closed = drain(app, {
        noticeMilliseconds: settings.drainNoticeMilliseconds,
        // Visitors' networks and a busy machine are slower than neighbours are.
        idleMilliseconds: 2000,
      })
      // A job may wait for somebody who is away: the door does not wait for it.
      await Promise.all([jobs.stop(), closed])
    },
  }
}

/** An instance for one watcher, pending until it has let them in. */
const instanceOf =
  ({ balancer }: Others, service: string): Upstream =>
  (tried) =>
    balancer.reach(service, tried)
