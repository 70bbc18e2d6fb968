import latin from '@fontsource-variable/archivo/files/archivo-latin-wdth-normal.woff2?url'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  isRouteErrorResponse,
  Links,
  type LoaderFunctionArgs,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteError,
  useRouteLoaderData,
} from 'react-router'
import { isDemo, originOf } from './context.ts'
import { DemoRibbon } from './shell/demo-ribbon.tsx'
import { useEarlyPress } from './shell/early-press.ts'
import { ErrorPage } from './shell/error-page.tsx'
import { Footer } from './shell/footer.tsx'
import { Header } from './shell/header.tsx'
import { PendingLine } from './shell/pending-line.tsx'
import { useFocusOnNavigation } from './shell/use-focus-on-navigation.ts'
import stylesheet from './styles/app.css?url'
import { Announcer } from './ui/announcer.tsx'
import { languageOf, themeOf } from './util/preferences.ts'

export const links = () => [
  { rel: 'preload', href: latin, as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' as const },
  { rel: 'stylesheet', href: stylesheet },
  { rel: 'icon', href: '/icon.svg', type: 'image/svg+xml' },
]

export function loader({ request, context }: LoaderFunctionArgs) {
  return {
    language: languageOf(request),
    theme: themeOf(request),
    demo: isDemo(context),
    origin: originOf(context),
  }
}

/** Language, light, demo and origin never change while the visitor stays: a change of them loads the page anew. */
export const shouldRevalidate = () => false

export function Layout({ children }: { children: ReactNode }) {
  const data = useRouteLoaderData<typeof loader>('root')
  return (
    <html lang={data?.language ?? 'en'} data-theme={data?.theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" content="#12100E" media="(prefers-color-scheme: dark)" />
        <meta name="theme-color" content="#F6F1E7" media="(prefers-color-scheme: light)" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  )
}

/** A page's data that did not come: browsers tell a dead network as a TypeError of `fetch`, each in its own words. */
const isUnreachable = (error: unknown) =>
  error instanceof TypeError && /fetch|network|load failed/i.test(error.message)

const asking = { retry: 1, refetchOnWindowFocus: false, refetchOnReconnect: true }

export default function Root() {
  return (
    <Shell>
      <Outlet />
    </Shell>
  )
}

export function ErrorBoundary() {
  const error = useRouteError()
  return (
    <Shell>
      <ErrorPage status={isRouteErrorResponse(error) ? error.status : isUnreachable(error) ? 0 : 500} />
    </Shell>
  )
}

function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation('site')
  const [queries] = useState(
    // Without a network a question fails at once instead of waiting for it without a word.
    () => new QueryClient({ defaultOptions: { queries: { ...asking, networkMode: 'always' } } }),
  )
  const data = useRouteLoaderData<typeof loader>('root')
  useFocusOnNavigation()
  useEarlyPress()
  return (
    <QueryClientProvider client={queries}>
      <Announcer>
        <a href="#main" className="skip-link">
          {t('shell.skip')}
        </a>
        <PendingLine />
        {data?.demo ? <DemoRibbon /> : null}
        <Header />
        <main id="main" className="grow" tabIndex={-1}>
          {children}
        </main>
        <Footer />
      </Announcer>
    </QueryClientProvider>
  )
}
