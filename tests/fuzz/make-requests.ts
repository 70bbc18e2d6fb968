import { contracts } from '@marquee/contracts'
import { type EndpointSpec, pathFor } from '@marquee/kit/contract'
import fc from 'fast-check'
import { z } from 'zod'
import { arbitraryFor, type Living } from './from-schema.ts'

export type FuzzRequest = {
  endpoint: string
  spec: EndpointSpec
  method: string
  path: string
  body: string | undefined
  contentType: string
  session: string
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
  return fc
    .record({
      params: part(spec.params, living),
      query: part(spec.query, living),
      body: part(spec.body, living),
      session: fc.constantFrom(...sessions),
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
    .map(({ params, query, body, session, broken, contentType }) => {
      const hasBody = spec.method !== 'GET'
      const text = !hasBody
        ? undefined
        : (broken ?? (spec.rawBody ? 'raw' : spec.body ? JSON.stringify(body) : undefined))
      return {
        endpoint,
        spec,
        method: spec.method,
        path: pathFor(spec, { params: sendable(params), query: plain(query) }),
        body: text,
        contentType,
        session,
        wellFormed: isWellFormed(spec, { params, query, text, contentType }),
        usesLivingId: Object.entries(plain(params)).some(([name, value]) => living[name]?.includes(value)),
      }
    })
}

function part(schema: z.ZodType | undefined, living: Living): fc.Arbitrary<unknown> {
  if (!schema) return fc.constant(undefined)
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return arbitraryFor(shape as Parameters<typeof arbitraryFor>[0], '', living)
}

const plain = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}

/** An address cannot carry half a character. */
const sendable = (params: unknown): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(plain(params)).map(([name, value]) => [name, String(value).toWellFormed()]),
  )

type Given = { params: unknown; query: unknown; text: string | undefined; contentType: string }

function isWellFormed(spec: EndpointSpec, { params, query, text, contentType }: Given): boolean {
  const asText = (value: unknown) =>
    Object.fromEntries(
      Object.entries(plain(value)).flatMap(([name, one]) =>
        one === undefined || one === null ? [] : [[name, Array.isArray(one) ? one.map(String) : String(one)]],
      ),
    )
  if (spec.params && !spec.params.safeParse(asText(params)).success) return false
  if (spec.query && !spec.query.safeParse(asText(query)).success) return false
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
