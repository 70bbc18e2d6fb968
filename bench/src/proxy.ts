import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runMarquee, startMarquee } from '../../tests/harness/marquee.ts'
import { pin } from './cores.ts'
import { cpuSeconds } from './cpu.ts'
import { startNginx, startNginxProxy } from './nginx.ts'
import type { Options } from './options.ts'
import { alternate, report, type Side } from './rounds.ts'
import { wrk } from './wrk.ts'

const connections = 64
const path = '/api/shows/01900000-0000-7000-8000-000000000000/seats'
const answer = JSON.stringify({
  version: 60,
  taken: Array.from({ length: 60 }, (_, seat) => `R${1 + (seat % 12)}-${1 + (seat % 19)}`),
})
const services =
  'identity,movies,theaters,booking,payments,notifications,watchlist,recommendations,reviews'.split(',')

/**
 * A gateway by itself hands an uncached GET on to a service in another process, against nginx handing the same on to
 * the same. Each has one core; the service, here a file, and the generator share another.
 */
export async function proxy({ rounds, seconds }: Options): Promise<string> {
  pin(process.pid, 1)
  const upstream = await startNginx(Buffer.from(answer), path)
  const { origin } = new URL(upstream.url)
  const data = mkdtempSync(join(tmpdir(), 'bench-gateway-'))
  const gateway = await startMarquee({
    MARQUEE_DATA: data,
    MARQUEE_SERVICES: 'gateway',
    MARQUEE_ADDRESSES: services.map((service) => `${service}=${origin}`).join(','),
    MARQUEE_DEMO: '0',
    MARQUEE_LIMITS: 'off',
    MARQUEE_LOG: 'silent',
  })
  const nginx = await startNginxProxy(origin, path)
  pin(gateway.pid, 0)
  pin(nginx.pid, 0)
  const side = async (url: string, pid: number): Promise<Side> => {
    const used = cpuSeconds([pid])
    const run = await wrk({ url, connections, seconds })
    if (run.errors > 0) throw new Error(`${run.errors} errors from ${url}`)
    const cpu = ((cpuSeconds([pid]) - used) / run.requests) * 1000
    return { perSecond: run.requestsPerSecond, cpuPerRequestMs: cpu, p99Ms: run.p99Ms }
  }
  const ours = () => side(`${gateway.origin}${path}`, gateway.pid)
  try {
    await ours()
    const result = await alternate(rounds, ours, () => side(nginx.url, nginx.pid))
    return report('proxy: an uncached GET handed on, against nginx handing it on, a core each', result, 0.35)
  } finally {
    await nginx.end()
    await gateway.stop()
    await runMarquee(['stop'], { MARQUEE_DATA: data })
    await upstream.end()
    rmSync(data, { recursive: true, force: true })
    pin(process.pid)
  }
}
