import type { Caller, Role } from '@marquee/kit/contract'
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { LRUCache } from 'lru-cache'

export type AccessTokens = {
  /**
   * The person behind a token, or undefined when it is not ours, ended or revoked; at once for one that was read before.
   * Throws what `isUnavailable` knows when nobody can say just now.
   */
  read(token: string): Caller | undefined | Promise<Caller | undefined>
  /** Ends a session at once in this gateway. */
  revoke(sessionId: string): void
}

export type AccessTokensDeps = {
  fetchKeys: () => Promise<JSONWebKeySet>
  now: () => Temporal.Instant
}

type Read = { caller: Caller; expiresAt: number }
type Keys = { kids: ReadonlySet<string>; find: ReturnType<typeof createLocalJWKSet> }

// Whoever makes up keys must not make us ask identity each time.
const askAgainMilliseconds = 1000
// What identity no longer shows must not be believed for long.
const staleMilliseconds = 300_000

/** Checks access tokens against identity's public keys; one check a token, then remembered until it expires. */
export function createAccessTokens({ fetchKeys, now }: AccessTokensDeps): AccessTokens {
  const known = new LRUCache<string, Read>({ max: 20_000 })
  const revoked = new LRUCache<string, true>({ max: 100_000, ttl: 3_600_000 })
  let keys: Keys | undefined
  let asked: { at: number; keys: Promise<Keys> } | undefined

  /** Asks identity, at most once a second; everybody who asks meanwhile gets the same answer. */
  function ask(): Promise<Keys> {
    const at = now().epochMilliseconds
    if (!asked || at - asked.at >= askAgainMilliseconds) asked = { at, keys: load() }
    return asked.keys
  }
  async function load(): Promise<Keys> {
    const set = await fetchKeys().catch((error: unknown) => {
      throw Object.assign(new Error('identity shows no keys', { cause: error }), { unavailable: true })
    })
    keys = { kids: new Set(set.keys.map((key) => String(key.kid))), find: createLocalJWKSet(set) }
    return keys
  }
  async function keysFor(kid: string): Promise<Keys> {
    if (!keys?.kids.has(kid)) return ask()
    if (asked && now().epochMilliseconds - asked.at >= staleMilliseconds)
      // While identity does not answer, the keys we have are good enough.
      ask().catch(() => {})
    return keys
  }

  async function verify(token: string): Promise<Read | undefined> {
    const kid = kidOf(token)
    if (kid === undefined) return undefined
    const { kids, find } = await keysFor(kid)
    if (!kids.has(kid)) return undefined
    try {
      const { payload } = await jwtVerify(token, find, {
        algorithms: ['EdDSA'],
        currentDate: new Date(now().epochMilliseconds),
      })
      if (!payload.sub || typeof payload.sid !== 'string' || !payload.exp) return undefined
      const roles = (Array.isArray(payload.roles) ? payload.roles : []).filter(
        (one): one is Role => one === 'user' || one === 'admin',
      )
      return {
        caller: { kind: 'user', userId: payload.sub, sessionId: payload.sid, roles },
        expiresAt: payload.exp * 1000,
      }
    } catch {
      // A token that does not verify is nobody's; why it does not is no business of its bearer.
      return undefined
    }
  }

  /** Whom it names, unless it ended by its time or by its bearer's word. */
  function callerOf(read: Read | undefined): Caller | undefined {
    const ended =
      !read || read.expiresAt <= now().epochMilliseconds || revoked.has(read.caller.sessionId ?? '')
    return ended ? undefined : read.caller
  }

  return {
    read(token) {
      const read = known.get(token)
      if (read) return callerOf(read)
      return verify(token).then((fresh) => {
        if (fresh) known.set(token, fresh)
        return callerOf(fresh)
      })
    },
    revoke(sessionId) {
      revoked.set(sessionId, true)
    },
  }
}

function kidOf(token: string): string | undefined {
  const header = token.split('.', 1)[0] ?? ''
  try {
    const parsed: unknown = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'))
    return typeof parsed === 'object' && parsed !== null && 'kid' in parsed ? String(parsed.kid) : undefined
  } catch {
    // No JSON in the header: no token of ours.
    return undefined
  }
}
