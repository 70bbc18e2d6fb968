import { expect, test } from 'vitest'
import { i18nFor } from '../../i18n.ts'
import { failureText } from './failure-text.ts'

test('the only owner who wants to erase the account reads which theaters are in the way', () => {
  const theaters = [{ name: 'Lichtburg' }, { name: 'Kino am Hafen' }]
  const problem = { status: 409, code: 'last-owner', title: 'Last owner', theaters }
  for (const language of ['en', 'de'] as const)
    expect(failureText(problem, i18nFor(language).getFixedT(language, 'site'))).toContain(
      'Lichtburg, Kino am Hafen',
    )
})
