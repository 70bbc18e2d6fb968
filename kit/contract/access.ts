/** Who may call an endpoint. `staff` and `owner` are of the theater that the resource belongs to; an owner is staff too. */
export type Access = 'anyone' | 'user' | 'holder' | 'secret' | 'staff' | 'owner' | 'admin' | 'service'

export type Role = 'user' | 'admin'

/** Whoever calls, as every service sees them; the gateway or a neighbouring service vouches for it. */
export type Caller = {
  kind: 'anonymous' | 'user' | 'service'
  userId?: string
  sessionId?: string
  roles: readonly Role[]
  /** The calling service's name, when `kind` is `service`. */
  service?: string
  /** A guest's order secret, from `X-Order-Secret` or the cookie it was exchanged for. */
  secret?: string
  /** The network the call came from, for limits. */
  network?: string
  language?: string
  /** What the browser of somebody without an account was given, so that they are asked about flags as one person. */
  visitor?: string
  /**
   * How far the databases were that they saw (`''`: nowhere in particular), so that what they read may come from a
   * replica that is at least as far. Without it, as in what fills a cache, everything is read from the primary.
   */
  seen?: string
}

export const anonymousCaller: Caller = { kind: 'anonymous', roles: [] }

/** What a service knows of the resource in question and this caller's relation to it. */
export type Facts = {
  holderId?: string | null
  role?: 'owner' | 'staff' | null
  secretOk?: boolean
}

export type Decision = 'allowed' | 'unauthenticated' | 'forbidden' | 'needs-facts'

/** Judges a caller by identity alone; `needs-facts` when only the resource can tell. */
export function judgeCaller(access: readonly Access[], caller: Caller): Decision {
  if (access.includes('anyone')) return 'allowed'
  if (caller.kind === 'service') return access.includes('service') ? 'allowed' : 'forbidden'
  const known = caller.kind === 'user'
  if (known && access.includes('user')) return 'allowed'
  if (known && access.includes('admin') && caller.roles.includes('admin')) return 'allowed'
  const byResource = access.some((word) => word === 'holder' || word === 'staff' || word === 'owner')
  if (known && byResource) return 'needs-facts'
  if (access.includes('secret') && caller.secret !== undefined) return 'needs-facts'
  if (known) return 'forbidden'
  return access.every((word) => word === 'service') ? 'forbidden' : 'unauthenticated'
}

/** Judges a caller by the resource's facts, after `judgeCaller` asked for them. */
export function judgeFacts(access: readonly Access[], caller: Caller, facts: Facts): Decision {
  const known = caller.kind === 'user'
  if (known && access.includes('holder') && facts.holderId != null && facts.holderId === caller.userId)
    return 'allowed'
  if (known && access.includes('owner') && facts.role === 'owner') return 'allowed'
  if (known && access.includes('staff') && (facts.role === 'staff' || facts.role === 'owner'))
    return 'allowed'
  if (access.includes('secret') && caller.secret !== undefined && facts.secretOk === true) return 'allowed'
  return 'forbidden'
}
