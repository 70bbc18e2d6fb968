import { expect, test } from 'vitest'
import { createPresses } from './presses.ts'

type Mine = { stars: number | null; listed: boolean }

const give = (stars: number) => (mine: Mine) => ({ ...mine, stars })

test('stars given while the old ones are on their way stay, with all else that was asked for', async () => {
  const presses = createPresses<Mine>()
  const asked = Promise.withResolvers<Mine>()
  const shown = presses.over(asked.promise)
  presses.add(give(3))
  presses.add(give(4))
  asked.resolve({ stars: null, listed: true })
  expect(await shown).toEqual({ stars: 4, listed: true })
})

test('stars given before a question say nothing to its answer', async () => {
  const presses = createPresses<Mine>()
  presses.add(give(3))
  expect(await presses.over(Promise.resolve({ stars: 5, listed: false }))).toEqual({
    stars: 5,
    listed: false,
  })
})
