import { expect, test } from 'vitest'
import { readTitle } from './movielens-title.ts'

test.each([
  ['Toy Story (1995)', { title: 'Toy Story', originalTitle: null, year: 1995 }],
  ['American President, The (1995)', { title: 'The American President', originalTitle: null, year: 1995 }],
  [
    'City of Lost Children, The (Cité des enfants perdus, La) (1995)',
    { title: 'The City of Lost Children', originalTitle: 'La Cité des enfants perdus', year: 1995 },
  ],
  ["Eclisse, L' (1962)", { title: "L'Eclisse", originalTitle: null, year: 1962 }],
  ['Seven (a.k.a. Se7en) (1995)', { title: 'Seven', originalTitle: 'Se7en', year: 1995 }],
  ['Death Note: Desu nôto (2006–2007)', { title: 'Death Note: Desu nôto', originalTitle: null, year: 2006 }],
  ['Babylon 5', { title: 'Babylon 5', originalTitle: null, year: null }],
  ['(500) Days of Summer (2009)', { title: '(500) Days of Summer', originalTitle: null, year: 2009 }],
  ['2001: A Space Odyssey (1968)', { title: '2001: A Space Odyssey', originalTitle: null, year: 1968 }],
])('reads %s as a person would write it', (written, read) => {
  expect(readTitle(written)).toEqual(read)
})
