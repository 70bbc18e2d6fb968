import { writeFile } from 'node:fs/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { person } from '../harness/client.ts'
import { type Marquee, startMarquee } from '../harness/marquee.ts'
import { findLiving } from './find-living.ts'
import { type FuzzRequest, requests } from './make-requests.ts'

const wanted = Number(process.env.FUZZ_REQUESTS ?? 20_000)
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000)
const atOnce = 8
const aLife = 2500
const endsSession = /^\/api\/(me\/sessions\/end|auth\/logout)$/
const accounts = ['alice', 'bob', 'staff', 'owner', 'admin']

let marquee: Marquee
beforeAll(async () => {
  marquee = await startMarquee({ MARQUEE_LIMITS: 'off', MARQUEE_TRUST_PROXY: '127.0.0.1' })
}, 120_000)
afterAll(() => marquee?.remove())

type Seen = { reached: number; asked: number }
const leak = /\bat .+\.(ts|js|mjs):\d+|node_modules|\/services\/|syntax error at or near|SELECT .+ FROM/i

it(`answers ${wanted} random requests (seed ${seed}) without an error of ours, a leak or an undeserved success`, async () => {
  const tokens = new Map<string, string>()
  const logIn = async (name: string) =>
    tokens.set(name, (await person(marquee.origin, `${name}@marquee.example`)).token)
  for (const name of accounts) await logIn(name)

  const seen = new Map<string, Seen>()
  let lively = 0
  const wrong: string[] = []
  const worker = async (queue: Iterable<FuzzRequest>) => {
    for (const request of queue) {
      const answered = await ask(request)
      if (!answered) continue
      const { response, text } = answered
      judge(request, response, text)
      if (response.status === 401 && request.session !== 'nobody')
        await logIn(request.session).catch(() => {})
      if (response.ok && endsSession.test(request.path)) await logIn(request.session).catch(() => {})
    }
  }
  const ask = async (request: FuzzRequest) => {
    try {
      const response = await send(request, tokens)
      return { response, text: await response.text() }
    } catch (error) {
      wrong.push(`no answer: ${describe(request)} -> ${String(error)}`)
      return undefined
    }
  }
  const judge = (request: FuzzRequest, response: Response, text: string) => {
    const note = (what: string) =>
      wrong.push(`${what}: ${describe(request)} -> ${response.status} ${text.slice(0, 300)}`)
    const record = seen.get(request.endpoint) ?? { reached: 0, asked: 0 }
    seen.set(request.endpoint, record)
    record.asked += 1
    if (reachedHandler(request, response, text)) record.reached += 1
    if (request.usesLivingId && request.session !== 'nobody') lively += 1
    if (response.status >= 500) note('an error of ours')
    if (leak.test(text) && !(response.headers.get('content-type') ?? '').includes('html')) note('a leak')
    if (response.ok && !request.wellFormed) note('malformed, yet done')
    const { access } = request.spec
    const mayBeNobody =
      access.includes('anyone') || (request.secret !== undefined && access.includes('secret'))
    if (response.ok && request.session === 'nobody' && !mayBeNobody) note('nobody, yet done')
    if (!response.ok && response.status !== 304 && response.status < 500 && !JSON.parse(text || '{}').code)
      note('no problem code')
  }
  const report = (asked: number) => {
    const reached = [...seen]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([endpoint, one]) => `\n  ${endpoint}: ${one.reached} of ${one.asked}`)
    return `fuzz: ${asked} requests of ${wanted}, seed ${seed}; ${wrong.length} wrong; ${Math.round((100 * lively) / asked)}% with living ids and sessions; reached their handler past validation:${reached.join('')}\n`
  }
  for (let asked = 0; asked < wanted; asked += aLife) {
    // What one stretch of requests closes, cancels or refunds is there again for the next.
    const living = await findLiving(marquee.origin)
    const numRuns = Math.min(aLife, wanted - asked)
    const sample = fc.sample(requests(living, ['nobody', ...accounts]), { numRuns, seed: seed + asked })
    const queue = sample[Symbol.iterator]()
    await Promise.all(Array.from({ length: atOnce }, () => worker(queue)))
    // A long run tells how far it is.
    if (process.env.FUZZ_REPORT)
      await writeFile(process.env.FUZZ_REPORT, `${report(asked + numRuns)}${wrong.join('\n')}`)
  }

  console.log(report(wanted))
  expect(wrong.slice(0, 20)).toEqual([])
  expect(lively / wanted).toBeGreaterThanOrEqual(0.2)
}, 1_800_000)

const describe = ({ session, method, path, body }: FuzzRequest): string =>
  `${session} ${method} ${path} ${body?.slice(0, 500) ?? ''}`

/** Past the door and past validation, as far as the answer tells. */
function reachedHandler({ spec, wellFormed }: FuzzRequest, response: Response, text: string): boolean {
  if (!wellFormed) return false
  const { code } = response.ok || response.status === 304 ? { code: '' } : JSON.parse(text || '{}')
  if (code === 'unauthenticated' || code === 'forbidden') return false
  return code !== 'not-found' || spec.access.includes('anyone') || spec.access.includes('user')
}

function send(request: FuzzRequest, tokens: ReadonlyMap<string, string>): Promise<Response> {
  const token = tokens.get(request.session)
  return fetch(`${marquee.origin}${request.path}`, {
    method: request.method,
    redirect: 'manual',
    signal: AbortSignal.timeout(20_000),
    headers: {
      ...(request.body === undefined ? {} : { 'content-type': request.contentType }),
      // From everywhere: otherwise wrong passwords would lock out the network that all share.
      'x-forwarded-for': `10.0.${Math.floor(Math.random() * 256)}.${Math.floor(Math.random() * 256)}`,
      ...(request.secret ? { 'x-order-secret': request.secret } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(request.body === undefined ? {} : { body: request.body }),
  })
}
