export type CsrfQuestion = {
  method: string
  /** The caller is known by cookies alone. */
  byCookie: boolean
  host: string | undefined
  secFetchSite: string | undefined
  origin: string | undefined
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a call may change something in its cookies' name: only from the site itself, by what the browser
 * says of the request (Sec-Fetch-Site, else Origin). A caller that sends neither is no browser of ours.
 */
export function mayUseCookies({ method, byCookie, host, secFetchSite, origin }: CsrfQuestion): boolean {
  if (!byCookie || safe.has(method)) return true
  if (secFetchSite !== undefined) return secFetchSite === 'same-origin'
  if (origin === undefined || host === undefined) return false
  return URL.canParse(origin) && new URL(origin).host === host
}
