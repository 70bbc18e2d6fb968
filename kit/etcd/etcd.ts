import { z } from 'zod'
import { EtcdError } from './etcd-error.ts'

/** Where etcd answers, as read from `ETCD_URL`. */
export type EtcdAddress = { urls: readonly string[]; user?: string; password?: string }

export type Entry = { key: string; value: string }
export type Etcd = {
  /** Every entry whose key begins with `prefix`, by key, as they stood at one moment. */
  list(prefix: string): Promise<Entry[]>
  /** Writes an entry; with a lease it is gone when the lease is. */
  put(key: string, value: string, lease?: string): Promise<void>
  remove(key: string): Promise<void>
  /** A lease of so many seconds; answers its id. */
  grant(seconds: number): Promise<string>
  /** Starts a lease's time anew; false when there is no such lease any more. */
  keepAlive(lease: string): Promise<boolean>
  /** Ends a lease and all that hangs on it; nothing happens when it is gone already. */
  revoke(lease: string): Promise<void>
  /**
   * Calls `onBell` once the watch stands and again for every change under `prefix`. Resolves when the stream ends, after
   * some minutes at the latest; throws when it breaks, or when `signal` ends it.
   */
  watch(prefix: string, onBell: () => void, signal: AbortSignal): Promise<void>
}

const longestAnswer = 2000
// Sooner than a client takes a stream on which nothing is said for broken: after five minutes.
const usualWatch = 4 * 60_000
const leaseGone = 5
const unavailable = 503
const mustLogIn = 16

const Failure = z.object({ message: z.string().default('no reason given'), code: z.int().default(2) })
const Granted = z.object({ ID: z.string() })
const Kept = z.object({ result: z.object({ TTL: z.string().default('0') }) })
const Listed = z.object({
  kvs: z.array(z.object({ key: z.string(), value: z.string().default('') })).default([]),
})
const LoggedIn = z.object({ token: z.string() })

/**
 * Speaks to etcd through the JSON gateway that every member has (version 3.4 or later). The member that answered last is
 * asked first; the others when it does not. Throws an `EtcdError`.
 */
export function createEtcd({
  urls,
  user,
  password,
  longestWatch = usualWatch,
}: EtcdAddress & { longestWatch?: number }): Etcd {
  let member = 0
  let token: Promise<string> | undefined

  async function logIn(): Promise<string> {
    const response = await send('auth/authenticate', { name: user, password })
    const text = await response.text()
    if (!response.ok)
      throw new EtcdError('refused', `etcd refuses to log ${user} in: ${failureOf(text).message}`)
    return LoggedIn.parse(JSON.parse(text)).token
  }

  /** One log-in for all who ask at once. One that failed is nobody's token: the next to ask tries again. */
  function tokenNow(): Promise<string> {
    token ??= logIn().catch((error: unknown) => {
      token = undefined
      throw error
    })
    return token
  }

  async function send(path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
    const isLogin = path.startsWith('auth/')
    const authorization = user === undefined || isLogin ? undefined : await tokenNow()
    let last: unknown
    for (let tried = 0; tried < urls.length; tried++) {
      const url = urls[member % urls.length]
      try {
        const response = await fetch(`${url}/v3/${path}`, {
          method: 'POST',
          body: JSON.stringify(body),
          signal: signal ?? AbortSignal.timeout(longestAnswer),
          ...(authorization ? { headers: { authorization } } : {}),
        })
        if (response.status !== unavailable) return response
        // One that is about to stop, or does not belong to the others yet, answers and does nothing.
        last = new Error(failureOf(await response.text()).message)
        member += 1
      } catch (error) {
        if (signal?.aborted) throw error
        last = error
        member += 1
      }
    }
    throw new EtcdError('unreachable', `etcd at ${urls.join(', ')} does not answer`, { cause: last })
  }

  async function ask(path: string, body: unknown, again = true): Promise<unknown> {
    const response = await send(path, body)
    const text = await response.text()
    if (response.ok) return JSON.parse(text)
    const { message, code } = failureOf(text)
    // A token lives five minutes; asking anew is how it is renewed.
    if (again && user !== undefined && (code === mustLogIn || response.status === 401)) {
      token = undefined
      return ask(path, body, false)
    }
    throw new EtcdError(code === leaseGone ? 'gone' : 'refused', `etcd refuses ${path}: ${message}`)
  }

  return {
    async list(prefix) {
      const { kvs } = Listed.parse(await ask('kv/range', range(prefix)))
      return kvs.map(({ key, value }) => ({ key: fromBase64(key), value: fromBase64(value) }))
    },
    async put(key, value, lease) {
      await ask('kv/put', { key: toBase64(key), value: toBase64(value), ...(lease ? { lease } : {}) })
    },
    async remove(key) {
      await ask('kv/deleterange', { key: toBase64(key) })
    },
    async grant(seconds) {
      return Granted.parse(await ask('lease/grant', { TTL: seconds })).ID
    },
    async keepAlive(lease) {
      return Kept.parse(await ask('lease/keepalive', { ID: lease })).result.TTL !== '0'
    },
    async revoke(lease) {
      await ask('lease/revoke', { ID: lease }).catch((error: unknown) => {
        if (!(error instanceof EtcdError) || error.code !== 'gone') throw error
      })
    },
    async watch(prefix, onBell, signal) {
      const over = AbortSignal.timeout(longestWatch)
      const either = AbortSignal.any([signal, over])
      const response = await send('watch', { create_request: range(prefix) }, either)
      if (!response.ok || !response.body)
        throw new EtcdError(
          'refused',
          `etcd refuses to be watched: ${failureOf(await response.text()).message}`,
        )
      // What changed is asked for anew, so that one way of reading is enough and nothing is applied out of order.
      try {
        for await (const _chunk of response.body) onBell()
      } catch (error) {
        if (signal.aborted || !over.aborted) throw error
      }
    },
  }
}

/**
 * Reads `http://10.0.0.5:2379,http://10.0.0.6:2379`; a user and password before the first host are used for all.
 * Throws an `Error` that names what is wrong.
 */
export function readEtcdUrl(text: string): EtcdAddress {
  const read = text.split(',').map((part) => {
    const url = URL.parse(part.trim())
    if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search)
      throw new Error(`must look like http://10.0.0.5:2379, several separated by commas`)
    return url
  })
  const [first] = read
  return {
    urls: read.map(({ origin }) => origin),
    ...(first?.username
      ? { user: decodeURIComponent(first.username), password: decodeURIComponent(first.password) }
      : {}),
  }
}

const toBase64 = (text: string): string => Buffer.from(text).toString('base64')
const fromBase64 = (text: string): string => Buffer.from(text, 'base64').toString('utf8')

/** From the prefix to the first key that no longer begins with it. */
function range(prefix: string) {
  const end = Buffer.from(prefix)
  end[end.length - 1] = (end.at(-1) ?? 0) + 1
  return { key: toBase64(prefix), range_end: end.toString('base64') }
}

function failureOf(text: string): z.infer<typeof Failure> {
  try {
    return Failure.parse(JSON.parse(text))
  } catch {
    // Something between us and etcd answered in its own words.
    return { message: text.slice(0, 200), code: 2 }
  }
}
