import { expect, test } from 'vitest'
import { i18nFor } from '../i18n.ts'
import { zoneLabel } from './zone-label.ts'

test('a zone that every cinema knows has a word in each language, and its own is written as it is', () => {
  const english = i18nFor('en').getFixedT(null, 'site')
  const german = i18nFor('de').getFixedT(null, 'site')
  expect(['standard', 'balcony', 'sofas'].map((zone) => zoneLabel(english, zone))).toEqual([
    'House',
    'Balcony',
    'Sofas',
  ])
  expect(['standard', 'balcony', 'loge A'].map((zone) => zoneLabel(german, zone))).toEqual([
    'Saal',
    'Balkon',
    'Loge A',
  ])
})
