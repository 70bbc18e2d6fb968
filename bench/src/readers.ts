import { Agent, request } from 'node:http'

export type Reading = { perSecond: number; p50Ms: number; p99Ms: number; errors: number }

/** Reads paths as they come, so many at a time over connections that stay; ends when there are no more. */
export async function readAll(
  origin: string,
  paths: Iterator<string>,
  connections: number,
): Promise<Reading> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const took: number[] = []
  let errors = 0
  const began = performance.now()
  const reader = async () => {
    for (let next = paths.next(); !next.done; next = paths.next()) {
      const from = performance.now()
      const status = await get(new URL(next.value, origin), agent)
      took.push(performance.now() - from)
      if (status !== 200) errors += 1
    }
  }
  await Promise.all(Array.from({ length: connections }, reader))
  const seconds = (performance.now() - began) / 1000
  agent.destroy()
  const sorted = took.toSorted((a, b) => a - b)
  const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN
  return { perSecond: took.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99), errors }
}

function get(url: URL, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { agent, headers: { 'accept-encoding': 'br, gzip' } }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
      response.on('error', reject)
    })
      .on('error', reject)
      .end()
  })
}
