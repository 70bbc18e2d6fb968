import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { person } from '../harness/client.ts'
import { type Marquee, startMarquee } from '../harness/marquee.ts'
import { findLiving } from './find-living.ts'
import { type FuzzRequest, requests } from './make-requests.ts'

const wanted = Number(process.env.FUZZ_REQUESTS ?? 20_000)
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000)
const atOnce = 8
const accounts = ['alice', 'bob', 'staff', 'owner', 'admin']

let marquee: Marquee
beforeAll(async () => {
  marquee = await startMarquee({ MARQUEE_LIMITS: 'off' })
}, 120_000)
afterAll(() => marquee?.remove())

type Seen = { reached: number; asked: number }
const leak = /\bat .+\.(ts|js|mjs):\d+|node_modules|\/services\/|syntax error at or near|SELECT .+ FROM/i

it(`answers ${wanted} random requests (seed ${seed}) without an error of ours, a leak or an undeserved success`, async () => {
  const living = await findLiving(marquee.origin)
  const tokens = new Map<string, string>()
  const logIn = async (name: string) =>
    tokens.set(name, (await person(marquee.origin, `${name}@marquee.example`)).token)
  for (const name of accounts) await logIn(name)

  const seen = new Map<string, Seen>()
  let lively = 0
  const wrong: string[] = []
  const queue = fc
    .sample(requests(living, ['nobody', ...accounts]), { numRuns: wanted, seed })
    [Symbol.iterator]()

  const worker = async () => {
    for (const request of queue) {
      const response = await send(request, tokens)
      const text = await response.text()
      judge(request, response, text)
      if (response.status === 401 && request.session !== 'nobody')
        await logIn(request.session).catch(() => {})
      if (response.ok && request.path === '/api/me/sessions/end') await logIn(request.session)
    }
  }
  const judge = (request: FuzzRequest, response: Response, text: string) => {
    const note = (what: string) =>
      wrong.push(
        `${what}: ${request.session} ${request.method} ${request.path} ${request.body?.slice(0, 500) ?? ''} -> ${response.status} ${text.slice(0, 300)}`,
      )
    const record = seen.get(request.endpoint) ?? { reached: 0, asked: 0 }
    seen.set(request.endpoint, record)
    record.asked += 1
    if (![400, 401, 403, 404, 415, 422].includes(response.status)) record.reached += 1
    if (request.usesLivingId && request.session !== 'nobody') lively += 1
    if (response.status >= 500) note('an error of ours')
    if (leak.test(text) && !(response.headers.get('content-type') ?? '').includes('html')) note('a leak')
    if (response.ok && !request.wellFormed) note('malformed, yet done')
    if (response.ok && request.session === 'nobody' && !request.spec.access.includes('anyone'))
      note('nobody, yet done')
    if (!response.ok && response.status !== 304 && response.status < 500 && !JSON.parse(text || '{}').code)
      note('no problem code')
  }
  await Promise.all(Array.from({ length: atOnce }, worker))

  const report = [...seen]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([endpoint, { asked, reached }]) => `${endpoint}: ${reached} of ${asked}`)
  console.log(
    `fuzz: ${wanted} requests, seed ${seed}; ${Math.round((100 * lively) / wanted)}% with living ids and sessions; reached their handler past validation:\n  ${report.join('\n  ')}`,
  )
  expect(wrong.slice(0, 20)).toEqual([])
  expect(lively / wanted).toBeGreaterThanOrEqual(0.2)
}, 1_800_000)

function send(request: FuzzRequest, tokens: ReadonlyMap<string, string>): Promise<Response> {
  const token = tokens.get(request.session)
  return fetch(`${marquee.origin}${request.path}`, {
    method: request.method,
    redirect: 'manual',
    signal: AbortSignal.timeout(10_000),
    headers: {
      ...(request.body === undefined ? {} : { 'content-type': request.contentType }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(request.body === undefined ? {} : { body: request.body }),
  })
}
