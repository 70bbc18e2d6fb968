import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { expect, test } from 'vitest'
import { i18nFor } from '../../../i18n.ts'
import { MoneyField } from './money-field.tsx'

const drawn = (currency: string, amount: number, language: string) =>
  renderToStaticMarkup(
    createElement(
      I18nextProvider,
      { i18n: i18nFor(language) },
      createElement(MoneyField, { label: 'Price', currency, amount, onChange: () => {} }),
    ),
  )

test('an amount is typed beside its currency, with as many decimals as that has', () => {
  const euros = drawn('EUR', 1250, 'en')
  expect(euros).toContain('data-sign="before"><span aria-hidden="true">€</span>')
  expect(euros).toContain('value="12.50"')
  expect(drawn('EUR', 1250, 'de')).toContain('data-sign="behind"><span aria-hidden="true">€</span>')
  expect(drawn('EUR', 1250, 'de')).toContain('value="12,50"')
  expect(drawn('JPY', 1250, 'de')).toContain('value="1250"')
  expect(drawn('KWD', 1250, 'en')).toContain('value="1.250"')
})

test('who hears the page hears the currency with the label', () => {
  expect(drawn('EUR', 1250, 'en')).toContain('>Price<span class="sr-only"> EUR</span></label>')
})
