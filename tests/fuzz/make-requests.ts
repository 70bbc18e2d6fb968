import { contracts } from '@marquee/contracts'
import { type EndpointSpec, pathFor } from '@marquee/kit/contract'
import fc from 'fast-check'
import { z } from 'zod'
import { arbitraryFor, type Living, type Manner } from './from-schema.ts'

export type FuzzRequest = {
  endpoint: string
  spec: EndpointSpec
  method: string
  path: string
  body: string | undefined
  contentType: string
  session: string
  /** Of guests' orders, all in one as a browser holds them. */
  secret: string | undefined
  /** The declared schemas accept it. */
  wellFormed: boolean
  usesLivingId: boolean
}

const publicEndpoints = contracts.flatMap((contract) =>
  Object.entries(contract.endpoints)
    .filter(([, spec]) => !spec.access.every((word) => word === 'service'))
    .map(([name, spec]) => ({ endpoint: `${contract.name}.${name}`, spec })),
)

/** An arbitrary request to any public endpoint, made from its declaration. */
export function requests(living: Living, sessions: readonly string[]): fc.Arbitrary<FuzzRequest> {
  return fc.oneof(
    ...publicEndpoints.map(({ endpoint, spec }) => requestFor(endpoint, spec, living, sessions)),
  )
}

function requestFor(
  endpoint: string,
  spec: EndpointSpec,
  living: Living,
  sessions: readonly string[],
): fc.Arbitrary<FuzzRequest> {
  const ids = Object.entries(living).flatMap(([name, values]) =>
    /^(?!seat).*Id$/.test(name) ? values.map(String) : [],
  )
  const partsIn = (manner: Manner) =>
    fc.record({
      params: part(spec.params, manner),
      query: part(spec.query, manner),
      body: part(spec.body, manner),
    })
  return fc
    .record({
      parts: fc.oneof(partsIn({ living, tidy: true }), partsIn({ living, tidy: false })),
      session: fc.constantFrom(...sessions),
      secret: fc.constantFrom(undefined, undefined, ...(living.secret ?? []).map(String)),
      broken: fc.oneof(
        { weight: 19, arbitrary: fc.constant(undefined) },
        {
          weight: 1,
          arbitrary: fc.constantFrom('{"a":', 'null', '[]', '"text"', '{"__proto__":{"x":1}}', '{}'),
        },
      ),
      contentType: fc.oneof(
        { weight: 30, arbitrary: fc.constant('application/json') },
        { weight: 1, arbitrary: fc.constantFrom('text/plain', 'application/xml', 'multipart/form-data') },
      ),
    })
    .map(({ parts: { params, query, body }, session, secret, broken, contentType }) => {
      const sent = sendable(spec.path, params)
      const address = pathFor(spec, { params: sent, query: asTexts(plain(query)) })
      const hasBody = spec.method !== 'GET'
      const text = !hasBody
        ? undefined
        : (broken ?? (spec.rawBody ? 'raw' : spec.body ? JSON.stringify(body) : undefined))
      return {
        endpoint,
        spec,
        method: spec.method,
        path: address,
        body: text,
        contentType,
        session,
        secret,
        wellFormed: isWellFormed(spec, { params: sent, address, text, contentType }),
        usesLivingId: ids.some((id) => address.includes(id) || text?.includes(id)),
      }
    })
}

function part(schema: z.ZodType | undefined, manner: Manner): fc.Arbitrary<unknown> {
  if (!schema) return fc.constant(undefined)
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return arbitraryFor(shape as Parameters<typeof arbitraryFor>[0], '', manner)
}

const plain = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}

const sendable = (path: string, params: unknown): Record<string, string> => {
  // What was left out still has its place in the address.
  const blank = Object.fromEntries([...path.matchAll(/:(\w+)/g)].map(([, name]) => [name, undefined]))
  return Object.fromEntries(
    Object.entries({ ...blank, ...plain(params) }).map(([name, value]) => [
      name,
      inAddress(String(asText(value))),
    ]),
  )
}

/** An address cannot carry half a character, and with nothing or dots it is another address. */
const inAddress = (text: string): string => (/^\.{0,2}$/.test(text) ? '-' : text.toWellFormed())

type Given = { params: unknown; address: string; text: string | undefined; contentType: string }

/** Judges what goes over the wire, by the declared schemas. */
function isWellFormed(spec: EndpointSpec, { params, address, text, contentType }: Given): boolean {
  if (spec.params && !spec.params.safeParse(params).success) return false
  if (spec.query && !spec.query.safeParse(queryOf(address)).success) return false
  if (!spec.body) return true
  if (text === undefined) return spec.body.safeParse(undefined).success
  if (contentType !== 'application/json') return false
  try {
    return spec.body.safeParse(JSON.parse(text)).success
  } catch {
    // Not JSON at all.
    return false
  }
}

function queryOf(address: string): Record<string, string | string[]> {
  const query = new URL(address, 'http://localhost').searchParams
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const values = query.getAll(name)
      return [name, values.length > 1 ? values : (values[0] ?? '')]
    }),
  )
}

// An object of any kind may lack what makes a text of it.
const asTexts = (query: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(asText) : asText(value),
    ]),
  )
const asText = (value: unknown) =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : value
