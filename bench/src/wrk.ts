import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { z } from 'zod'

const run = promisify(execFile)

export type WrkRun = {
  requestsPerSecond: number
  requests: number
  errors: number
  p50Ms: number
  p99Ms: number
  seconds: number
}
export type WrkOptions = {
  url: string
  connections: number
  seconds: number
  threads?: number
  script?: string
  headers?: Record<string, string>
  args?: string[]
}

const Line = z.object({
  requests: z.number(),
  duration: z.number(),
  status: z.number(),
  connect: z.number(),
  read: z.number(),
  write: z.number(),
  timeout: z.number(),
  p50: z.number(),
  p99: z.number(),
})

/** Drives a URL with wrk, a load generator in C; its figures come back as one JSON line. */
export async function wrk(options: WrkOptions): Promise<WrkRun> {
  const headers = Object.entries(options.headers ?? {}).flatMap(([name, value]) => [
    '-H',
    `${name}: ${value}`,
  ])
  const script = options.script ?? new URL('./lua/report.lua', import.meta.url).pathname
  const { stdout } = await run(
    'wrk',
    [
      '-t',
      String(options.threads ?? 1),
      '-c',
      String(options.connections),
      '-d',
      `${options.seconds}s`,
      '--timeout',
      '10s',
      ...headers,
      '-s',
      script,
      options.url,
      ...(options.args ?? []),
    ],
    {
      maxBuffer: 10_000_000,
      env: { ...process.env, LUA_PATH: `${new URL('./lua/', import.meta.url).pathname}?.lua;;` },
    },
  )
  const json = stdout.split('\n').find((line) => line.startsWith('{'))
  if (!json) throw new Error(`wrk said nothing to read:\n${stdout}`)
  const line = Line.parse(JSON.parse(json))
  const seconds = line.duration / 1e6
  return {
    requests: line.requests,
    seconds,
    requestsPerSecond: line.requests / seconds,
    errors: line.status + line.connect + line.read + line.write + line.timeout,
    p50Ms: line.p50 / 1000,
    p99Ms: line.p99 / 1000,
  }
}
