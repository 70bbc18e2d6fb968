import type { Metrics } from '../telemetry/index.ts'
import type { Discovery } from './discovery.ts'

/** One instance taken for one call; `done` gives it back and says whether it answered. */
export type Reach = { address: string; done: (answered: boolean) => void }
export type Balancer = {
  /** The instance with the fewest calls pending; undefined when none is known. `but` lists those tried already. */
  reach(service: string, but?: ReadonlySet<string>): Reach | undefined
}

export type BalancerOptions = { now?: () => number; metrics?: Metrics }

type Standing = { pending: number; failures: number; restsUntil: number }

const firstRest = 250
const longestRest = 5000
const mostStandings = 500

/**
 * Balances calls among instances: least pending first, in turn among equals. One that does not answer rests for a
 * moment, longer each time, and is tried again with whoever comes next.
 */
export function createBalancer(
  discovery: Pick<Discovery, 'instancesOf'>,
  { now = () => performance.now(), metrics }: BalancerOptions = {},
): Balancer {
  const standings = new Map<string, Standing>()
  const rests = metrics?.counter('marquee_instance_rests_total', 'Instances left alone for not answering', [
    'of',
  ])
  const instances = metrics?.gauge('marquee_instances', 'Instances of a service that are known', ['of'])
  const resting = metrics?.gauge('marquee_instances_resting', 'Instances of a service left alone for now', [
    'of',
  ])
  let turn = 0

  const standingOf = (address: string): Standing => {
    const known = standings.get(address)
    if (known) return known
    if (standings.size >= mostStandings) forgetIdle()
    const fresh = { pending: 0, failures: 0, restsUntil: 0 }
    standings.set(address, fresh)
    return fresh
  }

  function forgetIdle(): void {
    for (const [address, { pending, restsUntil }] of standings)
      if (pending === 0 && restsUntil <= now()) standings.delete(address)
  }

  function choose(service: string, but: ReadonlySet<string>): string | undefined {
    const known = discovery.instancesOf(service)
    const addresses = but.size === 0 ? known : known.filter((one) => !but.has(one))
    const awake = addresses.filter((address) => standingOf(address).restsUntil <= now())
    if (but.size === 0) {
      instances?.set({ of: service }, known.length)
      resting?.set({ of: service }, known.length - awake.length)
    }
    // When all rest, asking somebody beats answering nobody.
    const candidates = awake.length > 0 ? awake : addresses
    turn += 1
    let best: string | undefined
    for (let at = 0; at < candidates.length; at++) {
      const address = candidates[(at + turn) % candidates.length]
      if (address === undefined) continue
      if (best === undefined || standingOf(address).pending < standingOf(best).pending) best = address
    }
    return best
  }

  function settle(service: string, standing: Standing, answered: boolean): void {
    standing.pending -= 1
    if (answered) {
      standing.failures = 0
      standing.restsUntil = 0
      return
    }
    // Calls that were under way together fail together; that is one failure.
    if (standing.restsUntil > now()) return
    standing.failures += 1
    standing.restsUntil = now() + Math.min(longestRest, firstRest * 2 ** (standing.failures - 1))
    rests?.inc({ of: service })
  }

  return {
    reach(service, but = new Set()) {
      const address = choose(service, but)
      if (address === undefined) return undefined
      const standing = standingOf(address)
      standing.pending += 1
      return { address, done: (answered) => settle(service, standing, answered) }
    },
  }
}
