import { expect, test } from 'vitest'
import { openRecommendations } from './film-lovers.ts'

test('a stop waits for no refresh under way', async () => {
  const { service, refresh } = await openRecommendations([])
  await service.db.query(`
    insert into ratings (user_id, movie_id, stars, sequence, rated_at)
    select md5('person' || person)::uuid, md5('film' || film)::uuid, 8, 1, clock()
      from generate_series(1, 400) person, generate_series(1, 50) film`)
  await service.db.query('update model set changes = 20000')
  const refreshing = refresh().then(
    () => 'done',
    (error: Error) => error.name,
  )
  await service.stop()
  expect(await refreshing).toBe('AbortError')
})
