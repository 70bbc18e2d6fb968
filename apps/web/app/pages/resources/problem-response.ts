import type { Problem } from '../../api/types.ts'

/** A failure of an address that is no page: a problem, as the API answers. Ids that are no ids are not found. */
export function problemResponse(problem: Problem): Response {
  const told = problem.status === 422 ? notFound : problem
  return new Response(JSON.stringify(told), {
    status: told.status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8' },
  })
}

export const notFound = {
  type: 'urn:marquee:problem:not-found',
  title: 'Not found',
  status: 404,
  code: 'not-found',
  detail: 'There is nothing at this address',
} satisfies Problem & { type: string }
