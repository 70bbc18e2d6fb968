import { type Flags, usualFlags } from '@marquee/kit/flags'
import { person } from '@marquee/kit/testing'
import { expect, test } from 'vitest'
import { film, nth, openRecommendations } from './film-lovers.ts'

test('who is dealt the trending row is shown that, whatever they rated; everybody else their own', async () => {
  const films = [film('Popular', ['Comedy']), film('Loved', ['Drama']), film('Alike', ['Drama'])]
  const [alice, kim] = [person(), person()]
  const flags: Flags = {
    ...usualFlags,
    variantOf: async ({ variants, usually }, { userId }) =>
      userId === kim.userId ? (variants.find((one) => one === 'trending') ?? usually) : usually,
  }
  const world = await openRecommendations(films, { flags })
  for (const { userId } of [alice, kim]) await world.rate(userId, [[nth(films, 1), 5]])
  const rowOf = (caller: typeof alice) => world.service.as(caller).getRecommendations({ limit: 3 })
  expect(await rowOf(alice)).toMatchObject({ source: 'personal' })
  expect(await rowOf(kim)).toMatchObject({ source: 'trending' })
  await world.service.stop()
})
