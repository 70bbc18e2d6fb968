import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { createRoutesStub } from 'react-router'
import { expect, test } from 'vitest'
import { i18nFor } from '../i18n.ts'
import { ErrorPage } from './error-page.tsx'

function told(status: number, language = 'en') {
  const Page = createRoutesStub([{ path: '/', Component: () => createElement(ErrorPage, { status }) }])
  return renderToStaticMarkup(
    createElement(I18nextProvider, { i18n: i18nFor(language) }, createElement(Page)),
  )
}

test('who asked too often in a moment is asked for patience', () => {
  expect(told(429)).toContain('One moment')
  expect(told(429, 'de')).toContain('Einen Moment')
})

test('a page that tore says nothing of charges, of which it knows nothing', () => {
  expect(told(500)).toContain('The film tore')
  for (const status of [0, 429, 500, 503]) {
    expect(told(status)).not.toMatch(/charge/i)
    expect(told(status, 'de')).not.toMatch(/abgebucht|belastet/i)
  }
})
