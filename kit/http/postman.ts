import type { z } from 'zod'
import type { Contract, EndpointSpec } from '../contract/index.ts'

type Json = Record<string, unknown>

/** The whole API as a Postman collection (v2.1), a folder a service. */
export function postman(contracts: readonly Contract[], name: string): Json {
  return {
    info: { name, schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    variable: [
      { key: 'baseUrl', value: 'http://localhost:3000' },
      { key: 'accessToken', value: '' },
    ],
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{accessToken}}', type: 'string' }] },
    item: contracts.map((contract) => ({
      name: contract.name,
      item: Object.entries(contract.endpoints)
        .filter(([, spec]) => !spec.access.every((word) => word === 'service'))
        .map(([key, spec]) => ({ name: spec.summary, request: request(key, spec) })),
    })),
  }
}

function request(name: string, spec: EndpointSpec): Json {
  const path = spec.path.slice(1).split('/')
  return {
    method: spec.method,
    description: `${name}. Who may call: ${spec.access.join(', ')}.`,
    header: [
      ...(spec.body ? [{ key: 'Content-Type', value: 'application/json' }] : []),
      ...(spec.idempotent ? [{ key: 'Idempotency-Key', value: '{{$guid}}' }] : []),
    ],
    url: {
      raw: `{{baseUrl}}${spec.path}`,
      host: ['{{baseUrl}}'],
      path,
      query: Object.keys(spec.query?.shape ?? {}).map((key) => ({ key, value: '', disabled: true })),
      variable: Object.keys(spec.params?.shape ?? {}).map((key) => ({ key, value: '' })),
    },
    ...(spec.body
      ? { body: { mode: 'raw', raw: skeleton(spec.body), options: { raw: { language: 'json' } } } }
      : {}),
  }
}

function skeleton(body: z.ZodType): string {
  const shape = 'shape' in body ? (body.shape as Record<string, unknown>) : {}
  return JSON.stringify(Object.fromEntries(Object.keys(shape).map((key) => [key, null])), null, 2)
}
