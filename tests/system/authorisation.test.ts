import { contracts } from '@marquee/contracts'
import { type EndpointSpec, pathFor } from '@marquee/kit/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../harness/client.ts'
import { type Marquee, startMarquee } from '../harness/marquee.ts'
import { type Person, people, table } from './authorisation-table.ts'
import { type Cast, prepareCast } from './cast.ts'
import { type Valid, valid } from './valid-requests.ts'

const all = contracts.flatMap((contract) => Object.values(contract.endpoints))
const isInternal = (spec: EndpointSpec) => spec.access.every((word) => word === 'service')
const routeOf = (spec: EndpointSpec) => `${spec.method} ${spec.path}`
// Whoever erases themselves plays no further part.
const last = 'DELETE /api/me'
const routes = Object.keys(table).toSorted((a, b) => Number(a === last) - Number(b === last))
const endSession = ['POST /api/auth/logout', 'POST /api/me/sessions/end']
const guests: readonly Person[] = ['guest with another secret', 'guest']

let marquee: Marquee
let cast: Cast
beforeAll(async () => {
  marquee = await startMarquee({ MARQUEE_LIMITS: 'off' })
  cast = await prepareCast(marquee.origin)
}, 120_000)
afterAll(() => marquee?.remove())

it('says of every public route who may use it, and of no other', () => {
  const open = all.filter((spec) => !isInternal(spec)).map(routeOf)
  expect(Object.keys(table).toSorted()).toEqual(open.toSorted())
})

it('hides what services ask each other from everybody outside', async () => {
  const found: string[] = []
  for (const spec of all.filter(isInternal))
    for (const who of people) {
      const path = spec.path.replaceAll(/:\w+/g, cast.movieId)
      const body = spec.method === 'GET' ? {} : { body: {} }
      const { status } = await cast.as(who)(spec.method, path, body)
      if (status !== 404) found.push(`${who}: ${routeOf(spec)} ${status}`)
    }
  expect(found).toEqual([])
})

describe('lets in whom the table names and turns away everybody else', () => {
  it.each(routes)('%s', async (route) => {
    const wrong: string[] = []
    for (const who of people) {
      for (const whose of ordersFor(route, who)) {
        const request = await prepare(route, who, whose)
        const answer = await send(route, who, request)
        const verdict = judge(answer, { isLetIn: table[route]?.includes(who) ?? false, who, request })
        if (verdict)
          wrong.push(`${who}, at the order of the ${whose}: ${verdict} (${answer.status} ${answer.text})`)
        if (endSession.includes(route)) await cast.logIn(who)
      }
    }
    expect(wrong).toEqual([])
  })
})

/** Whoever has no order of their own tries both a guest's and an account's. */
function ordersFor(route: string, who: Person): readonly ('guest' | 'holder')[] {
  if (who === 'guest' || who === 'holder') return [who]
  return /order|ticketId|check-in/.test(route) ? ['guest', 'holder'] : ['holder']
}

async function prepare(route: string, who: Person, whose: 'guest' | 'holder'): Promise<Valid> {
  const make = valid[route]
  if (!make) throw new Error(`nobody wrote a valid request for ${route}`)
  return make({ who, whose, cast })
}

function send(route: string, who: Person, { params = {}, query = {}, body, secret }: Valid): Promise<Answer> {
  const [method = '', path = ''] = route.split(' ')
  const address = pathFor({ path: `/${path.slice(1)}` }, { params, query })
  return cast.as(who, secret)(method, address, body === undefined ? {} : { body })
}

type Expected = { isLetIn: boolean; who: Person; request: Valid }

function judge({ status }: Answer, { isLetIn, who, request }: Expected): string | undefined {
  if (isLetIn) {
    if (status === 401 || status === 403) return 'was turned away'
    return status < 300 || request.also?.includes(status) ? undefined : 'came in and failed'
  }
  const refusals = who === 'nobody' ? [401] : guests.includes(who) ? [401, 403] : [403]
  return refusals.includes(status) ? undefined : `should be refused with ${refusals.join(' or ')}`
}
