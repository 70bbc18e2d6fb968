import type { FastifyInstance } from 'fastify'

/** Deeper than anything that is asked here; whatever walks through a body may trust in it. */
const deepest = 32

export class TooDeep extends Error {
  readonly statusCode = 400
  constructor() {
    super(`JSON may be ${deepest} levels deep at most`)
    this.name = 'TooDeep'
  }
}

/** Reads JSON bodies as Fastify does, and refuses those that nest without end. */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text: string, done) => {
    parse(request, text, (error, body) => {
      if (error) done(error)
      else if (isDeeper(body, deepest)) done(new TooDeep())
      else done(null, body)
    })
  })
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((one) => isDeeper(one, levels - 1))
}
