import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { EndpointSpec } from '../contract/index.ts'
import type { Metrics } from '../telemetry/index.ts'

/** When a request is refused under too much load: among the first, later, or among the last. */
export type ShedOrder = NonNullable<EndpointSpec['shed']>

export type LoadLimits = {
  /** How late the event loop may be, on average, before the first are refused; the later at twice, the last at four times that. */
  delayMilliseconds: number
  /** How many requests may be in flight, likewise. */
  requests: number
}

export type Load = {
  /** Counts a request in, unless it has to be refused. Every one counted in must `leave`. */
  enter(order: () => ShedOrder): boolean
  leave(): void
  /** Seconds after which to try again, spread so that a crowd does not return at once. */
  retryAfter(): number
  stop(): void
}

const ranks: Readonly<Record<ShedOrder, number>> = { first: 0, later: 1, last: 2 }
const steps = [1, 2, 4]
const resolution = 20
const sampleMilliseconds = 250
// Two looks to rise, so that one long pause is no crowd; four to fall, so that it does not flutter.
const looksToRise = 2
const looksToFall = 4
const calmDelay = 0.7
const calmRequests = 0.8

/**
 * Judges by the delay of the event loop and by the requests in flight whether a process can take more. Costs two
 * comparisons a request.
 */
export function createLoad(
  { delayMilliseconds, requests }: LoadLimits,
  {
    metrics,
    random = Math.random,
    sampleDelay = eventLoopDelay(),
  }: { metrics: Metrics; random?: () => number; sampleDelay?: () => number },
): Load {
  const ceilings = steps.map((step) => step * requests)
  const shed = metrics.counter('marquee_shed_requests_total', 'Requests refused under load', ['order'])
  let inFlight = 0
  metrics.gauge('marquee_requests_in_flight', 'Requests being answered', [], () => inFlight)
  metrics.gauge('marquee_shedding_level', '0 takes all, 1 to 3 refuse more and more', [], () =>
    Math.max(byRequests, byDelay.level),
  )
  let byRequests = 0
  const byDelay = { level: 0, rising: 0, falling: 0 }

  const look = () => {
    const delay = sampleDelay()
    const { level } = byDelay
    const up = steps[level]
    byDelay.rising = up !== undefined && delay >= up * delayMilliseconds ? byDelay.rising + 1 : 0
    const calm = (steps[level - 1] ?? 0) * delayMilliseconds * calmDelay
    byDelay.falling = level > 0 && delay < calm ? byDelay.falling + 1 : 0
    if (byDelay.rising >= looksToRise) Object.assign(byDelay, { level: level + 1, rising: 0 })
    if (byDelay.falling >= looksToFall) Object.assign(byDelay, { level: level - 1, falling: 0 })
  }
  const timer = setInterval(look, sampleMilliseconds)
  timer.unref()

  return {
    enter(order) {
      const level = Math.max(byRequests, byDelay.level)
      if (level > 0) {
        const wanted = order()
        if (ranks[wanted] < level) {
          shed.inc({ order: wanted })
          return false
        }
      }
      inFlight += 1
      if (inFlight >= (ceilings[byRequests] ?? Infinity)) byRequests += 1
      return true
    },
    leave() {
      inFlight -= 1
      if (byRequests > 0 && inFlight < (ceilings[byRequests - 1] ?? 0) * calmRequests) byRequests -= 1
    },
    retryAfter: () => 1 + Math.floor(random() * 3),
    stop: () => clearInterval(timer),
  }
}

/** How late the loop was on average since it was last asked, in milliseconds; one long pause hardly moves it. */
function eventLoopDelay(): () => number {
  const histogram = monitorEventLoopDelay({ resolution })
  histogram.enable()
  let before = { count: 0, sum: 0 }
  return () => {
    // Differences rather than a reset, after which the first tick would not count.
    const now = { count: histogram.count, sum: histogram.count > 0 ? histogram.count * histogram.mean : 0 }
    const ticks = now.count - before.count
    const mean = ticks > 0 ? (now.sum - before.sum) / ticks / 1e6 - resolution : 0
    before = now
    return Math.max(0, mean)
  }
}
