import { StrictMode, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { HydratedRouter } from 'react-router/dom'
import { i18nFor } from './i18n.ts'

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <I18nextProvider i18n={i18nFor(document.documentElement.lang)}>
        <HydratedRouter />
      </I18nextProvider>
    </StrictMode>,
  )
})
