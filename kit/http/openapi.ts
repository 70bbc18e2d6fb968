import { z } from 'zod'
import { type Contract, declaredProblems, type EndpointSpec, titleOf } from '../contract/index.ts'

type Json = Record<string, unknown>

/** The whole API as an OpenAPI 3.1 document; endpoints only for services are left out. */
export function openApi(
  contracts: readonly Contract[],
  info: { title: string; version: string; description: string },
): Json {
  const paths: Record<string, Json> = {}
  for (const contract of contracts)
    for (const [name, spec] of Object.entries(contract.endpoints)) {
      if (spec.access.every((word) => word === 'service')) continue
      const path = spec.path.replaceAll(/:(\w+)/g, '{$1}')
      paths[path] = { ...paths[path], [spec.method.toLowerCase()]: operation(contract.name, name, spec) }
    }
  return {
    openapi: '3.1.0',
    info,
    servers: [{ url: '/' }],
    tags: contracts.map((one) => ({ name: one.name })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        orderSecret: { type: 'apiKey', in: 'header', name: 'X-Order-Secret' },
      },
    },
  }
}

function operation(tag: string, name: string, spec: EndpointSpec): Json {
  return {
    operationId: name,
    tags: [tag],
    summary: spec.summary,
    description: `Who may call: ${spec.access.join(', ')}.`,
    security: security(spec),
    parameters: [
      ...parameters('path', spec.params),
      ...parameters('query', spec.query),
      ...(spec.idempotent
        ? [
            {
              name: 'Idempotency-Key',
              in: 'header',
              schema: { type: 'string', minLength: 16, maxLength: 100 },
            },
          ]
        : []),
    ],
    ...(spec.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(spec.body, 'input') } },
          },
        }
      : {}),
    responses: responses(spec),
  }
}

function security(spec: EndpointSpec): Json[] {
  if (spec.access.includes('anyone')) return [{}]
  return [{ bearer: [] }, ...(spec.access.includes('secret') ? [{ orderSecret: [] }] : [])]
}

function parameters(where: 'path' | 'query', schema: z.ZodObject | undefined): Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, one]) => ({
    name,
    in: where,
    required: where === 'path' || !(one as z.ZodType).safeParse(undefined).success,
    schema: schemaOf(one as z.ZodType, 'input'),
  }))
}

function responses(spec: EndpointSpec): Json {
  const result: Record<string, Json> = {}
  for (const [status, declaration] of Object.entries(spec.responses)) {
    if (declaration instanceof z.ZodType)
      result[status] = {
        description: 'Done',
        content: { 'application/json': { schema: schemaOf(declaration, 'output') } },
      }
    else if ('kind' in declaration && declaration.kind === 'raw')
      result[status] = {
        description: 'Done',
        content: { [declaration.contentType]: { schema: { type: 'string' } } },
      }
    else if ('kind' in declaration && declaration.kind === 'nothing')
      result[status] = { description: 'Nothing to say' }
  }
  for (const { status, declaration } of declaredProblems(spec)) {
    const before = result[status]?.description
    const description = [before, `\`${declaration.code}\`: ${titleOf(declaration.code)}`]
      .filter(Boolean)
      .join('; ')
    result[status] = {
      description,
      content: { 'application/problem+json': { schema: schemaOf(declaration.extra, 'output') } },
    }
  }
  if (spec.body || spec.query || spec.params)
    result['422'] ??= { description: '`invalid-input`: the fields are named in `errors`' }
  return result
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json
  return rest
}
