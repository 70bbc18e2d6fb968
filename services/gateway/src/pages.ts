import { createHash, randomBytes } from 'node:crypto'
import type { Cache } from '@marquee/kit/cache'
import { anonymousCaller, type Caller } from '@marquee/kit/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Stored, spareBytes, store } from './compress.ts'
import type { Cookies } from './cookies.ts'
import { isFromSite, placeOf } from './csrf.ts'
import { pagePolicy } from './security-headers.ts'
import { sendStored } from './send-stored.ts'

/** Renders a page of the site for a caller. */
export type RenderPage = (
  request: Request,
  visitor: { caller: Caller; correlationId: string; nonce: string },
) => Promise<Response>

export type PagesDeps = {
  render: RenderPage
  cache: Cache
  /**
   * Of a page that is the same for everybody, and rendered for nobody in particular: the tags by which it is
   * invalidated, and the fields of the query that it reads. Undefined for any other path.
   */
  publicPageAt: (path: string) => { tags: string[]; query: readonly string[] } | undefined
  cacheSeconds: number
  origin: string
  cookies: Cookies
}

/** Everything that is not the API goes to the web app; public pages come from the response cache. */
export function pageRoutes(app: FastifyInstance, deps: PagesDeps): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: '/*',
    handler: async (request, reply) => {
      const path = request.url.split('?', 1)[0] ?? '/'
      const page = deps.publicPageAt(path)
      return page ? publicPage(request, reply, { path, ...page }) : personalPage(request, reply)
    },
  })
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    scope.route({
      method: ['POST', 'PUT', 'PATCH', 'DELETE'],
      url: '/*',
      // What pages do without scripts is to hold seats and to order.
      config: { limit: 'booking' },
      handler: personalPage,
    })
  })

  /** An address of this site, whatever was asked for: two slashes, or a whole URL, would name another one. */
  function onSite(asked: string): URL {
    const { origin } = new URL(deps.origin)
    return new URL(`${origin}${asked.startsWith('/') ? asked : '/'}`)
  }

  async function publicPage(
    request: FastifyRequest,
    reply: FastifyReply,
    { path, tags, query }: { path: string; tags: string[]; query: readonly string[] },
  ): Promise<FastifyReply> {
    // What the page does not read makes no other page of it, or a visitor could fill the cache with copies.
    const address = `${path}${onlyFields(request.url.slice(path.length), query)}`
    const theme = themeOf(request.headers.cookie)
    const language = languageOf(request.headers.cookie, request.headers['accept-language'])
    let uncached: Stored | undefined
    const stored = await deps.cache.get<Stored | undefined>(
      `page:${address}|${theme}|${language}`,
      {
        seconds: deps.cacheSeconds,
        staleSeconds: deps.cacheSeconds * 10,
        tags,
        spareBytes,
      },
      async () => {
        const headers = new Headers({
          accept: 'text/html',
          cookie: `theme=${theme}`,
          'accept-language': language,
        })
        const page = await renderStored(
          new Request(onSite(address), { headers }),
          anonymousCaller,
          request.id,
        )
        if (page.status === 200) return page
        uncached = page
        return undefined
      },
    )
    const found = stored ?? uncached
    if (!found) return personalPage(request, reply)
    return sendStored(
      request,
      reply,
      found,
      found === stored ? 'public, max-age=0, must-revalidate' : 'no-store',
    )
  }

  async function personalPage(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const headers = new Headers()
    for (const [name, value] of Object.entries(request.headers))
      if (typeof value === 'string' && !name.startsWith(':')) headers.set(name, value)
    // The app compares it with the one address it was told, and visitors may know the site by others.
    if (request.headers.origin !== undefined && isFromSite(placeOf(request.headers)))
      headers.set('origin', new URL(deps.origin).origin)
    const body = Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : undefined
    const asked = new Request(onSite(request.url), {
      method: request.method,
      headers,
      ...(body ? { body } : {}),
    })
    const nonce = randomBytes(16).toString('base64')
    const response = await deps.render(asked, { caller: request.caller, correlationId: request.id, nonce })
    reply.code(response.status)
    if (isAway(response.status)) reply.header('retry-after', retryAfter)
    for (const [name, value] of response.headers)
      if (name !== 'set-cookie' && name !== 'x-order-secret') reply.header(name, value)
    // A guest booked by a plain form: the order is theirs by cookie, as if the page had opened it.
    const secret = response.headers.get('x-order-secret')
    if (secret)
      reply.header(
        'set-cookie',
        deps.cookies.withOrder(deps.cookies.read(request.headers.cookie).orderSecrets, secret),
      )
    for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie)
    reply.header('cache-control', response.headers.get('cache-control') ?? 'private, no-store')
    const bytes = Buffer.from(await response.arrayBuffer())
    if (isHtml(response))
      reply.header('content-security-policy', pagePolicy(scriptHashes(bytes.toString('utf8'), nonce)))
    return reply.send(bytes)
  }

  async function renderStored(asked: Request, caller: Caller, correlationId: string): Promise<Stored> {
    const nonce = randomBytes(16).toString('base64')
    const response = await deps.render(asked, { caller, correlationId, nonce })
    const html = await response.text()
    const headers: Record<string, string> = {
      'content-type': response.headers.get('content-type') ?? 'text/html; charset=utf-8',
    }
    if (isAway(response.status)) headers['retry-after'] = retryAfter
    const location = response.headers.get('location')
    if (location) headers.location = location
    if (isHtml(response)) headers['content-security-policy'] = pagePolicy(scriptHashes(html, nonce))
    return store(
      response.status,
      headers,
      Buffer.from(isHtml(response) ? html.replaceAll(` nonce="${nonce}"`, '') : html),
    )
  }
}

/** These fields of a query, in their order, as it continues an address. */
function onlyFields(search: string, fields: readonly string[]): string {
  const [given, kept] = [new URLSearchParams(search), new URLSearchParams()]
  for (const field of fields) {
    const value = given.get(field)
    if (value !== null) kept.set(field, value)
  }
  return kept.size > 0 ? `?${kept}` : ''
}

const retryAfter = '5'
const isAway = (status: number): boolean => status === 503 || status === 504

const isHtml = (response: Response): boolean => (response.headers.get('content-type') ?? '').includes('html')

/** Hashes of the inline scripts that the app itself wrote: those that carry this rendering's nonce. */
function scriptHashes(html: string, nonce: string): string[] {
  const hashes: string[] = []
  for (const match of html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)) {
    if (match[1]?.includes(`nonce="${nonce}"`) && match[2])
      hashes.push(createHash('sha256').update(match[2]).digest('base64'))
  }
  return hashes
}

function themeOf(cookie: string | undefined): 'system' | 'dark' | 'light' {
  const theme = /(?:^|;\s*)theme=(dark|light)/.exec(cookie ?? '')?.[1]
  return theme === 'dark' || theme === 'light' ? theme : 'system'
}

/** The visitor's choice, else the first of the browser's wishes that there is, as the app itself reads them. */
function languageOf(cookie: string | undefined, accepts: string | undefined): 'en' | 'de' {
  const chosen = /(?:^|;\s*)language=(en|de)/.exec(cookie ?? '')?.[1]
  for (const wish of [chosen, ...(accepts?.split(',') ?? [])]) {
    const known = /^\s*(en|de)\b/i.exec(wish ?? '')?.[1]?.toLowerCase()
    if (known === 'en' || known === 'de') return known
  }
  return 'en'
}
