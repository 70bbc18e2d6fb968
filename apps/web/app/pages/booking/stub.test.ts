import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { expect, test } from 'vitest'
import { i18nFor } from '../../i18n.ts'
import { Stub, type StubTicket } from './stub.tsx'
import './texts.ts'

function told(ticketType: string, ticketTypeName?: string, language = 'de') {
  const ticket = {
    id: '019a0000-0000-7000-8000-000000000000',
    show: { localStart: '2026-12-05T20:30', movieTitle: 'Metropolis', timeZone: 'Europe/Berlin' },
    seat: { row: 'F', number: '12', ticketType, ticketTypeName },
    status: 'valid',
    admittedAt: null,
  } as StubTicket
  const page = createElement(I18nextProvider, { i18n: i18nFor(language) }, createElement(Stub, { ticket }))
  return renderToStaticMarkup(page).replaceAll(/<[^>]+>/g, ' ')
}

test('a ticket is printed under the name that the house gave it', () => {
  expect(told('reduced', 'Ermäßigt')).toContain('Ermäßigt')
  expect(told('reduced', 'Ermäßigt')).not.toContain('Reduced')
  expect(told('child', 'Kind bis 12')).toContain('Kind bis 12')
})

test('a copy kept on the device from before tickets told their names says what it can', () => {
  expect(told('child')).toContain('Kind')
  expect(told('student-card', undefined, 'en')).toContain('Student card')
})
