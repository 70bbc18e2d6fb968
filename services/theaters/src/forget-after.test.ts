import { createMemoryCache } from '@marquee/kit/cache'
import { testDatabase } from '@marquee/kit/testing'
import { expect, test } from 'vitest'
import { forgetAfter } from './forget-after.ts'

test('whoever changes something reads it at once, though answers are cached', async () => {
  const { db, close } = await testDatabase({ schema: 'theaters' })
  const cache = createMemoryCache()
  let name = 'Old name'
  const read = () => cache.get('name', { seconds: 60, tags: ['theaters'] }, async () => name)
  await read()
  name = 'New name'
  expect(await read()).toBe('Old name')
  await forgetAfter(db, cache, ['theaters']).transaction((tx) => tx.query('select 1'))
  expect(await read()).toBe('New name')
  await close()
})
