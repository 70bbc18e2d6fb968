import type { Problem } from './types.ts'

export type Answer<Value> =
  | { ok: true; status: number; value: Value }
  | { ok: false; status: number; code: string; problem: Problem }

type Options = {
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
  /** Goes on though the page be left. */
  keepalive?: boolean
}

/** Calls the public API from the browser; every outcome is a value, a dead network too (`unreachable`). */
export async function send<Value>(
  method: string,
  path: string,
  options: Options = {},
): Promise<Answer<Value>> {
  try {
    const response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: options.signal,
      keepalive: options.keepalive,
    })
    const text = await response.text()
    const parsed: unknown = text ? JSON.parse(text) : undefined
    if (response.ok) return { ok: true, status: response.status, value: parsed as Value }
    return failed({ code: 'internal', title: '', ...(parsed as Partial<Problem>), status: response.status })
  } catch (error) {
    // A navigation away aborts the request; the network may be gone; a proxy may answer with no JSON.
    if (options.signal?.aborted) throw error
    return failed({ status: 0, code: 'unreachable', title: '' })
  }
}

/** The same as a function for TanStack Query, which wants failures thrown. */
export async function read<Value>(path: string, signal?: AbortSignal): Promise<Value> {
  const answer = await send<Value>('GET', path, { signal })
  if (answer.ok) return answer.value
  throw new ApiError(answer.problem)
}

export class ApiError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.code)
    this.problem = problem
  }
}

const failed = (problem: Problem) =>
  ({ ok: false, status: problem.status, code: problem.code, problem }) as const
