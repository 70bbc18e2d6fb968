import { type Failed, problemAnswer } from '../contract/index.ts'

type ReplyLike = {
  code(status: number): ReplyLike
  headers(values: Record<string, string>): ReplyLike
  send(body: unknown): unknown
}

/** Writes a failure out as a problem. */
export function sendProblem(reply: ReplyLike, failed: Failed, correlationId: string): unknown {
  const answer = problemAnswer(failed, correlationId)
  return reply.code(answer.status).headers(answer.headers).send(JSON.stringify(answer.body))
}
