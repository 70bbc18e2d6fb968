import { readFileSync } from 'node:fs'
import type { Stage } from './stage.ts'

/** What the parts hold: memory in MiB by part, connections to PostgreSQL by what they say they are. */
export type Holdings = {
  memory: Record<string, number>
  connections: Record<string, number>
  /** Transactions that stand open. */
  open: number
  /** Connections that fell silent and that somebody still believes in. */
  silent: number
}

/** More than the first measure by so much is growth. A young process has yet to fill its caches and pools of code. */
const memoryGrowth = { times: 1.5, atLeast: 120 }
/** Pools breathe. */
const spareConnections = 6

export async function measure({ split, books }: Stage): Promise<Holdings> {
  const { rows } = await books.query<{ name: string; count: number; open: number }>(
    `select application_name as name, count(*)::int as count,
            count(*) filter (where state like 'idle in transaction%' and state_change < now() - interval '20 seconds')::int as open
       from pg_stat_activity where backend_type = 'client backend' and application_name like 'marquee %' group by 1`,
  )
  return {
    memory: Object.fromEntries(split.parts.map((part) => [part.name, residentOf(part.pid())])),
    connections: Object.fromEntries(rows.map(({ name, count }) => [name, count])),
    open: rows.reduce((sum, { open }) => sum + open, 0),
    silent: split.parts.reduce(
      (sum, { door, database }) => sum + database.silent() + (door?.silent() ?? 0),
      0,
    ),
  }
}

/** Ends PostgreSQL's side of connections that were given up on their other side: nobody told it, as on a real wire. */
export async function calm({ split }: Stage): Promise<void> {
  await Promise.all(split.parts.map(({ database }) => database.heal()))
}

function residentOf(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1024)
}

export function holdingsAmiss(before: Holdings, after: Holdings): string[] {
  const problems: string[] = []
  for (const [name, now] of Object.entries(after.memory)) {
    const then = before.memory[name] ?? 0
    if (now > Math.max(then * memoryGrowth.times, then + memoryGrowth.atLeast))
      problems.push(`${name} held ${then} MiB and holds ${now}`)
  }
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, one) => total + one, 0)
  const [then, now] = [sum(before.connections), sum(after.connections)]
  if (now > then + spareConnections) problems.push(`${then} connections to PostgreSQL became ${now}`)
  if (after.silent > 0) problems.push(`${after.silent} silent connections are still believed in`)
  if (after.open > 0) problems.push(`${after.open} transactions stand open`)
  return problems
}
