import type { Metrics } from '../telemetry/index.ts'
import type { Discovery } from './discovery.ts'
import {
  type Came,
  firstRest,
  isAwake,
  isIdle,
  isQuiet,
  isTooLate,
  newStanding,
  noteAnswer,
  rest,
  type Standing,
} from './standing.ts'

/** One instance taken for one call. */
export type Reach = {
  address: string
  /** Gives it back and says what came of the call; `kind` is what calls of the same kind have in common. */
  done: (came: Came, kind?: object) => void
  /** Calls back when the instance turns out to hang while somebody else may be asked; not after `done`. */
  onHang: (listener: () => void) => void
}
export type Balancer = {
  /** The instance with the fewest calls pending; undefined when none is known. `but` lists those tried already. */
  reach(service: string, but?: readonly string[]): Reach | undefined
}

export type BalancerOptions = {
  now?: () => number
  metrics?: Metrics
  /** Whether an instance that said nothing for a second is alive at all; whoever says nothing counts as alive without it. */
  knock?: (address: string) => Promise<boolean>
}

const mostStandings = 500
const lookEvery = 250

/**
 * Balances calls among instances: least pending first, in turn among equals. One that is not there, that does not
 * answer a knock, or that leaves unanswered again and again what others answer, rests for a moment, longer each time,
 * and is tried again with one call. When all rest, one of them is asked all the same.
 */
export function createBalancer(
  discovery: Pick<Discovery, 'instancesOf'>,
  { now = () => performance.now(), metrics, knock }: BalancerOptions = {},
): Balancer {
  const standings = new Map<string, Standing>()
  const answeredAt = new WeakMap<object, number>()
  const rests = metrics?.counter('marquee_instance_rests_total', 'Instances left alone for not answering', [
    'of',
  ])
  const instances = metrics?.gauge('marquee_instances', 'Instances of a service that are known', ['of'])
  const resting = metrics?.gauge('marquee_instances_resting', 'Instances of a service left alone for now', [
    'of',
  ])
  let turn = 0
  if (knock) setInterval(knockAtQuiet, lookEvery).unref()

  const standingOf = (address: string, service: string): Standing => {
    const known = standings.get(address)
    if (known) return known
    if (standings.size >= mostStandings) forgetIdle()
    const fresh = newStanding(address, service)
    standings.set(address, fresh)
    return fresh
  }

  function forgetIdle(): void {
    for (const [address, standing] of standings) if (isIdle(standing, now())) standings.delete(address)
  }

  const standingsOf = (service: string) =>
    discovery.instancesOf(service).map((address) => standingOf(address, service))

  function choose(service: string, but: readonly string[]): Standing | undefined {
    const known = standingsOf(service)
    const left = but.length === 0 ? known : known.filter(({ address }) => !but.includes(address))
    const time = now()
    const awake = left.filter((standing) => isAwake(standing, time))
    if (but.length === 0) {
      instances?.set({ of: service }, known.length)
      resting?.set({ of: service }, known.length - awake.length)
    }
    // When all rest, asking somebody beats answering nobody.
    const candidates = awake.length > 0 ? awake : left
    turn += 1
    let best: Standing | undefined
    for (let at = 0; at < candidates.length; at++) {
      const standing = candidates[(at + turn) % candidates.length]
      if (standing && (best === undefined || standing.pending < best.pending)) best = standing
    }
    return best
  }

  function letRest(standing: Standing): void {
    if (rest(standing, now())) rests?.inc({ of: standing.service })
  }

  function settle(standing: Standing, since: number, came: Came, kind?: object): void {
    standing.pending -= 1
    if (came === 'unknown') return
    if (came === false) letRest(standing)
    if (came === true) {
      noteAnswer(standing, now())
      if (kind) answeredAt.set(kind, now())
    }
    if (came !== 'late') return
    const elsewhere = kind !== undefined && (answeredAt.get(kind) ?? Number.NEGATIVE_INFINITY) > since
    if (isTooLate(standing, since, elsewhere)) letRest(standing)
    if (isQuiet(standing, now())) void knockAt(standing)
  }

  function knockAtQuiet(): void {
    const time = now()
    for (const standing of standings.values())
      if (standing.pending > 0 && isQuiet(standing, time)) void knockAt(standing)
  }

  async function knockAt(standing: Standing): Promise<void> {
    standing.knockedAt = now()
    const known = discovery.instancesOf(standing.service).includes(standing.address)
    standing.hangs = known && (await knock?.(standing.address)) === false
    if (!standing.hangs) return
    letRest(standing)
    const others = standingsOf(standing.service).some((one) => isAwake(one, now()))
    if (others) for (const listener of [...standing.waiting]) listener()
    setTimeout(() => void knockAt(standing), Math.max(firstRest, standing.restsUntil - now())).unref()
  }

  return {
    reach(service, but = []) {
      const standing = choose(service, but)
      if (standing === undefined) return undefined
      const since = now()
      standing.service = service
      standing.quietSince ??= since
      standing.pending += 1
      let listening: (() => void) | undefined
      return {
        address: standing.address,
        onHang: (listener) => {
          listening = listener
          standing.waiting.add(listener)
        },
        done: (came, kind) => {
          if (listening) standing.waiting.delete(listening)
          settle(standing, since, came, kind)
        },
      }
    },
  }
}
