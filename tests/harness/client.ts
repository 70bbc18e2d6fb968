/** A program or browser as the server sees it: plain HTTP, nothing of ours in between. */
export type Answer = {
  status: number
  headers: Headers
  body: Record<string, unknown> & { code?: string }
  text: string
}
export type Ask = (
  method: string,
  path: string,
  options?: { body?: unknown; headers?: Record<string, string> },
) => Promise<Answer>

/** Asks a server; JSON in and out, a form as it is; never throws for a status. `patience`, in milliseconds, ends. */
export function client(origin: string, defaults: Record<string, string> = {}, patience?: number): Ask {
  return async (method, path, { body, headers } = {}) => {
    const response = await fetch(`${origin}${path}`, {
      method,
      redirect: 'manual',
      ...(patience === undefined ? {} : { signal: AbortSignal.timeout(patience) }),
      headers: {
        ...defaults,
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const json = (response.headers.get('content-type') ?? '').includes('json')
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: json && text ? JSON.parse(text) : {},
    }
  }
}

/** Logs in with an account and asks in its name ever after. */
export async function person(
  origin: string,
  email: string,
  password = 'marquee-demo',
  patience?: number,
): Promise<Ask & { id: string; token: string }> {
  const { body, status } = await client(origin)('POST', '/api/auth/login', {
    body: { email, password, session: 'token' },
  })
  if (status !== 200) throw new Error(`${email} could not log in: ${status} ${JSON.stringify(body)}`)
  const token = String(body.accessToken)
  const user = body.user as { id: string }
  return Object.assign(client(origin, { authorization: `Bearer ${token}` }, patience), { id: user.id, token })
}
