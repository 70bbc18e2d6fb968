import type { identityContract } from '@marquee/contracts/identity'
import { anonymousCaller, type Caller, type Client } from '@marquee/kit/contract'
import { isUnavailable } from '@marquee/kit/resilience'
import type { AccessTokens } from './access-token.ts'
import { after } from './after.ts'
import type { Cookies, SessionCookies } from './cookies.ts'

type Identity = Client<(typeof identityContract)['endpoints']>

export type Visitor = {
  /** Undefined when a program presented a token that is not valid. */
  caller: Caller | undefined
  byCookie: boolean
  setCookies: string[]
}

export type SessionsDeps = { tokens: AccessTokens; identity: Identity; cookies: Cookies }

/**
 * Finds out who calls. Only the gateway refreshes sessions, before routing, one flight a refresh token, so
 * that two tabs or ten parallel requests of a page rotate it once.
 */
export function createSessions({ tokens, identity, cookies }: SessionsDeps) {
  const flights = new Map<string, Promise<Renewed | undefined>>()

  return (authorization: string | undefined, given: SessionCookies): Visitor | Promise<Visitor> => {
    if (authorization !== undefined) {
      const token = /^Bearer (\S+)$/i.exec(authorization)?.[1]
      return after(token ? tokens.read(token) : undefined, (caller) => ({
        caller,
        byCookie: false,
        setCookies: [],
      }))
    }
    return after(given.access ? readable(given.access) : undefined, (caller) => {
      if (caller === 'down') return { caller: anonymousCaller, byCookie: true, setCookies: [] }
      return caller ? { caller, byCookie: true, setCookies: [] } : withoutAccess(given)
    })
  }

  function withoutAccess({ access, refresh, orderSecrets }: SessionCookies): Visitor | Promise<Visitor> {
    const byCookie = access !== undefined || refresh !== undefined || orderSecrets.length > 0
    if (!refresh) return { caller: anonymousCaller, byCookie, setCookies: [] }
    return renew(refresh).then((renewed) => {
      if (renewed === 'down') return { caller: anonymousCaller, byCookie, setCookies: [] }
      if (!renewed) return { caller: anonymousCaller, byCookie, setCookies: cookies.endSession() }
      return {
        caller: renewed.caller,
        byCookie,
        setCookies: cookies.session(renewed.access, renewed.refresh),
      }
    })
  }

  function readable(token: string): Caller | 'down' | undefined | Promise<Caller | 'down' | undefined> {
    const read = tokens.read(token)
    if (!(read instanceof Promise)) return read
    return read.catch((error: unknown) => {
      // Nobody shows us the keys of tokens just now.
      if (isUnavailable(error)) return 'down'
      throw error
    })
  }

  async function renew(refreshToken: string): Promise<Renewed | 'down' | undefined> {
    let flight = flights.get(refreshToken)
    if (!flight) {
      flight = exchange(refreshToken).finally(() => flights.delete(refreshToken))
      flights.set(refreshToken, flight)
    }
    try {
      return await flight
    } catch {
      // Identity does not answer: the visitor is anonymous for now and keeps the cookies for later.
      return 'down'
    }
  }

  async function exchange(refreshToken: string): Promise<Renewed | undefined> {
    const outcome = await identity.as(anonymousCaller).attempt.refresh({ refreshToken })
    if (!outcome.ok) {
      if (outcome.code === 'session-ended') return undefined
      throw new Error(`identity answered ${outcome.code}`)
    }
    const { accessToken, refreshToken: successor } = outcome.value
    const caller = await readable(accessToken)
    // The token that the browser has was replaced: the next one must reach it, also when we cannot read it yet.
    return successor
      ? {
          caller: caller && caller !== 'down' ? caller : anonymousCaller,
          access: accessToken,
          refresh: successor,
        }
      : undefined
  }
}

type Renewed = { caller: Caller; access: string; refresh: string }
