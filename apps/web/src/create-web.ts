import { createHash } from 'node:crypto'
import type { WebContext } from './web-context.ts'

export type Web = {
  /** Answers a page, its data (`.data`) or a resource such as /sitemap.xml. */
  handle(request: Request, context: WebContext): Promise<Response>
  /** Built scripts, styles and fonts; everything under `assets/` is named by its content and may be kept for ever. */
  assetsDirectory: URL
}

type Bundle = {
  entry: {
    module: {
      createHandler(build: unknown): (request: Request, context: WebContext) => Promise<Response>
    }
  }
}

/** Loads the built site. Throws when it was not built; `buildWeb` builds it. */
export async function createWeb(): Promise<Web> {
  const bundle: Bundle = await import(new URL('../build/server/index.js', import.meta.url).href)
  const handle = bundle.entry.module.createHandler(bundle)
  return {
    handle: async (request, context) => withPolicy(await handle(request, context)),
    assetsDirectory: new URL('../build/client/', import.meta.url),
  }
}

// A hash of each inline script, not a nonce: the page stays cacheable byte for byte.
async function withPolicy(response: Response): Promise<Response> {
  const headers = new Headers(response.headers)
  if (!headers.get('content-type')?.startsWith('text/html')) return response
  const html = await response.text()
  headers.set('content-security-policy', policyFor(html))
  if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-store')
  return new Response(html, { status: response.status, headers })
}

function policyFor(html: string): string {
  const inline = html.matchAll(
    /<script(?![^>]*\ssrc=)(?![^>]*application\/ld\+json)[^>]*>([\s\S]*?)<\/script>/g,
  )
  const hashes = [...inline].map(
    ([, code = '']) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`,
  )
  return [
    "default-src 'self'",
    `script-src 'self' ${[...new Set(hashes)].join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ].join('; ')
}
