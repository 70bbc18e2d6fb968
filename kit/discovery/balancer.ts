import type { Discovery } from './discovery.ts'

/** One instance taken for one call; `done` gives it back and says whether it answered. */
export type Reach = { address: string; done: (answered: boolean) => void }
export type Balancer = {
  /** The instance with the fewest calls pending; undefined when none is known. `but` lists those tried already. */
  reach(service: string, but?: ReadonlySet<string>): Reach | undefined
}

type Standing = { pending: number; failures: number; restsUntil: number }

const firstRest = 250
const longestRest = 5000

/**
 * Balances calls among instances: least pending first, in turn among equals. One that does not answer rests for a
 * moment, longer each time, and is tried again with whoever comes next.
 */
export function createBalancer(
  discovery: Pick<Discovery, 'instancesOf'>,
  now = () => performance.now(),
): Balancer {
  const standings = new Map<string, Standing>()
  let turn = 0

  const standingOf = (address: string): Standing => {
    const known = standings.get(address)
    if (known) return known
    const fresh = { pending: 0, failures: 0, restsUntil: 0 }
    standings.set(address, fresh)
    return fresh
  }

  function choose(addresses: readonly string[]): string | undefined {
    const awake = addresses.filter((address) => standingOf(address).restsUntil <= now())
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

  return {
    reach(service, but = new Set()) {
      const address = choose(discovery.instancesOf(service).filter((one) => !but.has(one)))
      if (address === undefined) return undefined
      const standing = standingOf(address)
      standing.pending += 1
      return {
        address,
        done(answered) {
          standing.pending -= 1
          standing.failures = answered ? 0 : standing.failures + 1
          standing.restsUntil = answered
            ? 0
            : now() + Math.min(longestRest, firstRest * 2 ** (standing.failures - 1))
        },
      }
    },
  }
}
