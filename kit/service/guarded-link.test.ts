import { expect, it } from 'vitest'
import { z } from 'zod'
import { anonymousCaller, type Call, endpoint, LinkError } from '../contract/index.ts'
import { createMetrics } from '../telemetry/index.ts'
import { guardedLink } from './guarded-link.ts'

const spec = endpoint({
  method: 'GET',
  path: '/x',
  summary: 'X',
  access: ['anyone'],
  timeoutMs: 40,
  responses: { 200: z.object({}) },
})
const call = (more: Partial<Call> = {}): Call => ({
  service: 'theaters',
  name: 'x',
  spec,
  raw: {},
  caller: anonymousCaller,
  correlationId: 'c',
  headers: {},
  ...more,
})
const answer = { status: 200, headers: {}, body: {} }

it('gives up on a neighbour that does not answer in time', async () => {
  const link = guardedLink(() => new Promise(() => {}), createMetrics('test'))
  await expect(link(call())).rejects.toMatchObject({ name: 'LinkError', code: 'timeout' })
})

it('repeats what may be repeated, and nothing else', async () => {
  let tries = 0
  const link = guardedLink(async () => {
    tries += 1
    if (tries === 1) throw new LinkError('unavailable', 'down')
    return answer
  }, createMetrics('test'))
  const patient = { ...spec, timeoutMs: 2000 }
  expect(await link(call({ spec: patient }))).toBe(answer)
  tries = 0
  await expect(link(call({ name: 'y', spec: { ...patient, method: 'POST' } }))).rejects.toMatchObject({
    code: 'unavailable',
  })
})

it('leaves a neighbour alone that failed too often, and says so at once', async () => {
  let asked = 0
  const link = guardedLink(async () => {
    asked += 1
    throw new LinkError('unavailable', 'down')
  }, createMetrics('test'))
  const post = { ...spec, method: 'POST' as const }
  for (let tries = 0; tries < 20; tries++) await link(call({ spec: post })).catch(() => {})
  expect(asked).toBe(10)
})
