import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createLimits, type LimitAnswer, type LimitStore } from './limits.ts'

export type SuiteStores = {
  /** What two gateways count in: the same, or what they share. Nothing is counted yet. */
  open: () => Promise<[LimitStore, LimitStore]>
}

const limits = {
  auth: { perIdentity: 20, perNetwork: 100, windowSeconds: 60 },
  default: { perIdentity: 600, perNetwork: 3000, windowSeconds: 60 },
}
const start = Temporal.Instant.from('2026-11-21T18:00:15Z')

/** What every store of limits must do, whoever shares it. */
export function limitSuite({ open }: SuiteStores): void {
  type Call = { name?: string; identity?: string; network?: string }

  async function gateways() {
    const clock = { now: start }
    const doors = (await open()).map((store) => createLimits({ limits, store, now: () => clock.now }))
    // Other people each time: what was counted before may still be on its way to a shared store.
    const town = randomUUID()
    let turn = 0
    const knock = async ({ name = 'auth', identity, network = 'home' }: Call): Promise<LimitAnswer> => {
      turn += 1
      const who = { identity: identity && `${identity} of ${town}`, network: `${network} in ${town}` }
      return doors[turn % 2]?.({ name, ...who }) ?? { allowed: true }
    }
    const inTurn = async (times: number, call: Call) => {
      const answers: LimitAnswer[] = []
      while (answers.length < times) answers.push(await knock(call))
      return answers
    }
    return { knock, inTurn, passTime: (seconds: number) => (clock.now = clock.now.add({ seconds })) }
  }
  const allowed = (answers: LimitAnswer[]) => answers.filter((one) => one.allowed).length

  test('a person gets one limit, however their calls are spread', async () => {
    const { inTurn } = await gateways()
    const answers = await inTurn(50, { identity: 'ada' })
    expect(answers.map((one) => one.allowed)).toEqual([
      ...Array.from({ length: 20 }, () => true),
      ...Array.from({ length: 30 }, () => false),
    ])
  })

  test('calls that come all at once are limited too', async () => {
    const { knock } = await gateways()
    const answers = await Promise.all(Array.from({ length: 200 }, () => knock({ identity: 'ada' })))
    expect(allowed(answers)).toBe(20)
  })

  test('a network has a limit of its own, whoever calls from it', async () => {
    const { knock } = await gateways()
    const answers: LimitAnswer[] = []
    for (let call = 0; call < 120; call++) answers.push(await knock({ identity: `person ${call}` }))
    expect(allowed(answers)).toBe(100)
    expect(await knock({ identity: 'ada', network: 'away' })).toEqual({ allowed: true })
  })

  test('what is used up of one limit is not used up of another', async () => {
    const { knock, inTurn } = await gateways()
    expect(allowed(await inTurn(30, { identity: 'ada' }))).toBe(20)
    expect(await knock({ identity: 'bob' })).toEqual({ allowed: true })
    expect(allowed(await inTurn(30, { name: 'default', identity: 'ada' }))).toBe(30)
  })

  test('who is refused is told when the window ends, and is let in then', async () => {
    const { knock, inTurn, passTime } = await gateways()
    expect((await inTurn(21, { identity: 'ada' })).at(-1)).toEqual({ allowed: false, retryAfterSeconds: 45 })
    passTime(44)
    expect(await knock({ identity: 'ada' })).toEqual({ allowed: false, retryAfterSeconds: 1 })
    passTime(1)
    expect(await knock({ identity: 'ada' })).toEqual({ allowed: true })
  })
}
