import type { IncomingHttpHeaders } from 'node:http'

export type CsrfQuestion = {
  method: string
  /** The caller is known by cookies alone. */
  byCookie: boolean
  host: string | undefined
  secFetchSite: string | undefined
  origin: string | undefined
}

type Place = Pick<CsrfQuestion, 'host' | 'secFetchSite' | 'origin'>

/** What a request says of where it comes from and where it goes. */
export function placeOf(headers: IncomingHttpHeaders): Place {
  const site = headers['sec-fetch-site']
  return {
    host: headers.host,
    secFetchSite: typeof site === 'string' ? site : undefined,
    origin: headers.origin,
  }
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a call may change something in its cookies' name: only from the site itself, by what the browser
 * says of the request (Sec-Fetch-Site, else Origin). A caller that sends neither is no browser of ours.
 */
export function mayUseCookies({ method, byCookie, host, secFetchSite, origin }: CsrfQuestion): boolean {
  return !byCookie || safe.has(method) || isFromSite({ host, secFetchSite, origin })
}

/** Whether a browser says that a request comes from the site itself, under whichever address it was visited. */
export function isFromSite({ host, secFetchSite, origin }: Place): boolean {
  if (secFetchSite !== undefined) return secFetchSite === 'same-origin'
  if (origin === undefined || host === undefined) return false
  return URL.canParse(origin) && new URL(origin).host === host
}
