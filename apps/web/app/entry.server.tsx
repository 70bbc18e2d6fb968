import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { renderToPipeableStream } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import {
  createRequestHandler,
  type EntryContext,
  RouterContextProvider,
  type ServerBuild,
  ServerRouter,
} from 'react-router'
import type { WebContext } from '../src/web-context.ts'
import { asPages } from './api/page-errors.ts'
import { webContext } from './context.ts'
import { i18nFor } from './i18n.ts'
import { rememberEarlyPress } from './shell/early-press.ts'
import { languageOf } from './util/preferences.ts'

/** Whole pages, not streams: they are cached, and their inline scripts are hashed for the security policy. */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  entryContext: EntryContext,
  loadContext: RouterContextProvider,
) {
  headers.set('content-type', 'text/html; charset=utf-8')
  const nonce = loadContext.get(webContext).nonce
  const page = new PassThrough()
  let failed = false
  await new Promise<void>((resolve, reject) => {
    const { pipe } = renderToPipeableStream(
      <I18nextProvider i18n={i18nFor(languageOf(request))}>
        <ServerRouter context={entryContext} url={request.url} nonce={nonce} />
      </I18nextProvider>,
      {
        nonce,
        bootstrapScriptContent: rememberEarlyPress,
        // One piece: nothing is revealed later by a script.
        progressiveChunkSize: Number.POSITIVE_INFINITY,
        onAllReady() {
          pipe(page)
          resolve()
        },
        onShellError: reject,
        onError(error) {
          failed = true
          console.error(error)
        },
      },
    )
  })
  return new Response(new Uint8Array(await buffer(page)), { status: failed ? 500 : status, headers })
}

export function handleError(error: unknown, { request }: { request: Request }) {
  if (!request.signal.aborted) console.error(error)
}

/** The host calls this with the very build it belongs to, so that both share one copy of the router. */
export function createHandler(build: ServerBuild) {
  const handle = createRequestHandler(build, 'production')
  return (request: Request, context: WebContext): Promise<Response> => {
    const provider = new RouterContextProvider()
    provider.set(webContext, { ...context, api: asPages(context.api) })
    return handle(request, provider)
  }
}
