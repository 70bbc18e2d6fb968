import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EngineName } from '../../harness/engines.ts'
import { until } from '../../harness/house.ts'
import { judge } from '../checkers.ts'
import { gather } from '../evidence.ts'
import { createRandom } from '../random.ts'
import { drawKinds, drawRound, kindsFor } from './kinds.ts'
import { createNight, type Round } from './night.ts'
import { createReport } from './report.ts'
import { calm, holdingsAmiss, measure } from './resources.ts'
import { openStage, type Stage } from './stage.ts'
import { eventCounts } from './tap.ts'

// Pools let go what they do not use for a minute.
const calmWithin = 90
const perRound = Number(process.env.FAULTS_A_ROUND ?? 33)
const lanes = Number(process.env.FAULTS_AT_ONCE ?? 3)
const longestSleep = Number(process.env.FAULTS_SLEEP ?? 5)
const known: readonly { name: string; engines: readonly EngineName[] }[] = [
  { name: 'PostgreSQL alone', engines: [] },
  { name: 'Redis, RabbitMQ and etcd', engines: ['redis', 'rabbit', 'etcd'] },
]
const installations = known.filter(({ name }) => name.startsWith(process.env.FAULTS_ON ?? ''))
// A few more than sixty: something else stands in the way of some.
const total = Math.ceil(Number(process.env.FAULTS ?? 66) / installations.length)
const mostOf = (drawn: number) => Math.ceil(0.9 * drawn)
const firstSeed = Number(process.env.FAULTS_SEED ?? 20261122)

describe.each(installations.map((one, at) => ({ ...one, seed: firstSeed + at })))(
  'many processes on $name',
  ({ name, engines, seed }) => {
    let stage: Stage
    beforeAll(async () => {
      stage = await openStage(createRandom(seed + 1), engines)
    }, 180_000)
    afterAll(() => stage?.end(), 120_000)

    test(
      'whatever dies, hangs or repeats itself, nobody loses what they were told',
      async () => {
        // A run that is to end in time leaves the rest to other seeds.
        const deadline = performance.now() + 1000 * Number(process.env.FAULTS_SECONDS ?? 3600)
        const luck = createRandom(seed)
        const draw = drawKinds(luck, kindsFor(stage.engines))
        const night = createNight(stage, { luck, longestSleep, lanes })
        const rounds: Round[] = []
        const report = createReport({ seed, longestSleep, lanes, installation: name })
        // Nothing befalls the first: what it leaves behind is what a healthy house holds.
        report.add(await night.round([]))
        const before = await measure(stage)
        try {
          for (let left = total; left > 0 && performance.now() < deadline; left -= perRound) {
            const round = await night.round(drawRound(draw, Math.min(perRound, left)))
            rounds.push(round)
            report.add(round, { ...night.ratings(), ...(await eventCounts(stage.books)) })
            if (Object.keys(round.findings).length > 0) report.logs(stage.split.parts)
          }
          const everybody = rounds.flatMap(({ notes }) => notes)
          const findings = judge(await gather(stage.marquee(), stage.crowd, everybody))
          report.add({ faults: [], notes: [], findings })
          const { body } = await stage.admin('GET', '/api/payments/ledger')
          expect(body).toMatchObject({
            balanced: true,
            missing: [],
            liveAttempts: 0,
            pendingRefunds: 0,
          })
          await calm(stage)
          const isBack = async () => holdingsAmiss(before, await measure(stage)).length === 0
          await until(isBack, calmWithin).catch(() => {})
          const after = await measure(stage)
          report.holdings(before, after)
          expect.soft(holdingsAmiss(before, after)).toEqual([])
          if (performance.now() < deadline) expect.soft(report.done()).toBeGreaterThanOrEqual(mostOf(total))
          expect(report.findings(), `seed ${seed}`).toEqual('')
        } finally {
          report.close({
            ...night.ratings(),
            edits: night.edits(),
            ...(await eventCounts(stage.books)),
          })
        }
      },
      120_000 + total * 30_000,
    )
  },
)
