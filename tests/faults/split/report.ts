import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Part } from '../../harness/split-part.ts'
import { unreached } from './kinds-processes.ts'
import type { Fault, Findings, Round } from './night.ts'
import type { Holdings } from './resources.ts'

/** What one run did and saw: kept as JSON where `FAULTS_REPORT` names a folder, several of which make the report. */
export type Run = {
  seed: number
  installation: string
  longestSleep: number
  /** Faults at a time. */
  lanes: number
  seconds: number
  faults: Fault[]
  findings: { round: number; faults: string; found: Findings }[]
  buyers: number
  orders: number
  tickets: number
  repeated: number
  holdings?: { before: Holdings; after: Holdings }
  counts: Record<string, number>
}

/** Faults that were really done, by what was done. */
export const doneByKind = (faults: readonly Fault[]): ReadonlyMap<string, Fault[]> =>
  Map.groupBy(
    faults.filter(({ done }) => done),
    ({ kind, what }) => (what.endsWith(unreached) ? `${kind}, before it came there` : kind),
  )

export function createReport({
  seed,
  installation,
  longestSleep,
  lanes,
}: Pick<Run, 'seed' | 'longestSleep' | 'lanes' | 'installation'>) {
  const began = performance.now()
  const run: Run = {
    seed,
    installation,
    longestSleep,
    lanes,
    seconds: 0,
    faults: [],
    findings: [],
    buyers: 0,
    orders: 0,
    tickets: 0,
    repeated: 0,
    counts: {},
  }
  let rounds = 0
  const folder = process.env.FAULTS_REPORT
  const report = {
    add({ faults, notes, findings }: Round, counts: Record<string, number> = run.counts): void {
      run.counts = counts
      rounds += 1
      run.faults.push(...faults)
      if (Object.keys(findings).length > 0)
        run.findings.push({ round: rounds, faults: tell(faults), found: findings })
      run.buyers += notes.length
      run.orders += notes.filter(({ order }) => order).length
      run.tickets += notes.reduce((sum, { tickets }) => sum + tickets.length, 0)
      run.repeated += notes.reduce((sum, { unanswered }) => sum + unanswered, 0)
      save()
    },
    /** How many faults were done; something else stood in the way of the rest. */
    done: (): number => run.faults.filter(({ done }) => done).length,
    /** What was found amiss, with what had befallen before. */
    findings: (): string =>
      run.findings
        .map(
          ({ round, faults, found }) => `round ${round}, ${JSON.stringify(found, null, 1)}\nafter${faults}`,
        )
        .join('\n'),
    /** Keeps what the parts wrote last. */
    logs(parts: readonly Part[]): void {
      if (!folder) return
      mkdirSync(folder, { recursive: true })
      const text = parts.map((part) => `=== ${part.name}\n${part.output()}`).join('\n')
      writeFileSync(join(folder, `${seed}-round-${rounds}.log`), text)
    },
    holdings(before: Holdings, after: Holdings): void {
      run.holdings = { before, after }
    },
    close(counts: Record<string, number>): void {
      run.counts = counts
      run.seconds = Math.round((performance.now() - began) / 1000)
      const kinds = [...doneByKind(run.faults)].map(([kind, all]) => `${kind} ${all.length}`)
      console.log(
        `faults: seed ${seed}, ${report.done()} of ${run.faults.length} in ${run.seconds} s, ${run.orders} orders, ${run.repeated} requests repeated, ${JSON.stringify(counts)}\n  ${kinds.join('\n  ')}`,
      )
      save()
    },
  }
  return report

  /** After every round, so that a run that is cut short still counts. */
  function save(): void {
    run.seconds = Math.round((performance.now() - began) / 1000)
    if (!folder) return
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `${seed}.json`), JSON.stringify(run, null, 1))
  }
}

const tell = (faults: readonly Fault[]): string =>
  faults
    .map(
      ({ kind, what, seconds, backAfter }) =>
        `\n  ${kind} (${what}), ${seconds} s, back after ${backAfter} s`,
    )
    .join('')
