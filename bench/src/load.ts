import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

const Kind = z.object({ requests: z.number(), p50Ms: z.number(), p99Ms: z.number() })
const Result = z.object({
  kinds: z.record(z.string(), Kind),
  failed: z.number(),
  seconds: z.number(),
  reason: z.string().optional(),
  /** Closed loop: purchases that ended with tickets. */
  done: z.number().default(0),
  /** Open loop: requests that were due, and those sent over 20 ms after their time. */
  sent: z.number().default(0),
  purchases: z.number().default(0),
  late: z.number().default(0),
})
export type LoadResult = z.infer<typeof Result>
type Part = { kind: string; path: string; share: number }
type LoadPlan = { origin: string; seconds: number; bodies: string[] } & (
  | { mode: 'orders'; clients: number }
  | { mode: 'mixed'; perSecond: number; parts: Part[] }
  | { mode: 'live'; perSecond: number; sockets: number }
)

let program: string | undefined

/** Builds the generator once; it is a Go program, so that it takes little of the machine that it measures. */
function compile(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'bench-load-')), 'load')
  const source = new URL('../load/', import.meta.url).pathname
  execFileSync('go', ['build', '-o', file, '.'], { cwd: source, stdio: 'inherit' })
  return file
}

/** Drives purchases, a mix of requests, or watchers of seats that change, and tells how long each kind took. */
export async function load({ origin, ...plan }: LoadPlan): Promise<LoadResult> {
  program ??= compile()
  const child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify({ ...plan, host: new URL(origin).host }))
  let output = ''
  for await (const chunk of child.stdout) output += chunk
  const result = Result.parse(JSON.parse(output))
  if (result.failed > 0) throw new Error(`${result.failed} failed, the first: ${result.reason}`)
  return result
}
