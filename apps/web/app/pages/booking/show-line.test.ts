import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { expect, test } from 'vitest'
import { i18nFor } from '../../i18n.ts'
import { ShowLine } from './show-line.tsx'
import './texts.ts'

const told = (localStart: string, language = 'en') =>
  renderToStaticMarkup(
    createElement(
      I18nextProvider,
      { i18n: i18nFor(language) },
      createElement(ShowLine, { localStart, theaterName: 'Roxy', screenName: 'Screen 1' }),
    ),
  ).replaceAll(/<[^>]+>/g, ' ')

test('who goes to a show after midnight reads the day of the calendar, as in the mail, and which night it is', () => {
  expect(told('2026-12-05T00:30')).toContain('Saturday 5 December')
  expect(told('2026-12-05T00:30')).toContain('the night from Friday to Saturday')
  expect(told('2026-12-05T00:30', 'de')).toContain('die Nacht von Freitag auf Samstag')
  expect(told('2026-12-05T20:30')).not.toContain('night')
})
