import { parseCookie, stringifySetCookie } from 'cookie'

export type SessionCookies = {
  access?: string
  refresh?: string
  seen?: string
  visitor?: string
  orderSecrets: string[]
}

const accessSeconds = 10 * 60
const refreshSeconds = 60 * 24 * 3600
const seenSeconds = 24 * 3600
const visitorSeconds = 365 * 24 * 3600
const orderSeconds = 90 * 24 * 3600
const mostOrders = 20

/** Reads and writes the cookies of a site: HttpOnly, SameSite=Lax, and Secure with `__Host-` where served by TLS. */
export function createCookies({ secure }: { secure: boolean }) {
  const prefix = secure ? '__Host-' : ''
  const names = {
    access: `${prefix}marquee_access`,
    refresh: `${prefix}marquee_refresh`,
    orders: `${prefix}marquee_orders`,
    seen: `${prefix}marquee_seen`,
    visitor: `${prefix}marquee_visitor`,
  }
  const cookie = (name: string, value: string, maxAge: number) =>
    stringifySetCookie({ name, value, httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge })
  // Readable by the page and worth nothing: without it a guest's page need not ask who is looking.
  const hint = (value: string, maxAge: number) =>
    stringifySetCookie({ name: 'marquee_in', value, sameSite: 'lax', path: '/', secure, maxAge })

  return {
    read(header: string | undefined): SessionCookies {
      if (!header) return { orderSecrets: [] }
      const all = parseCookie(header)
      const orderSecrets = (all[names.orders] ?? '').split('.').filter(Boolean)
      return {
        access: all[names.access],
        refresh: all[names.refresh],
        seen: all[names.seen],
        visitor: all[names.visitor]?.slice(0, 64),
        orderSecrets,
      }
    },
    session: (accessToken: string, refreshToken: string): string[] => [
      cookie(names.access, accessToken, accessSeconds),
      cookie(names.refresh, refreshToken, refreshSeconds),
      hint('1', refreshSeconds),
    ],
    endSession: (): string[] => [cookie(names.access, '', 0), cookie(names.refresh, '', 0), hint('', 0)],
    /** Tells this browser from others where people are dealt different answers; it names nobody. */
    visitor: (id: string): string => cookie(names.visitor, id, visitorSeconds),
    /** What this browser has seen of the databases, so that it is shown nothing older. */
    seen: (mark: string): string => cookie(names.seen, mark, seenSeconds),
    /** Adds a guest's order to those this browser may open; the oldest beyond twenty go. */
    withOrder: (known: readonly string[], secret: string): string =>
      cookie(names.orders, [...new Set([secret, ...known])].slice(0, mostOrders).join('.'), orderSeconds),
  }
}
export type Cookies = ReturnType<typeof createCookies>
