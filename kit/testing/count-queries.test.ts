import { expect, test } from 'vitest'
import { countQueries, testDatabase } from './index.ts'

test('what the bus asks meanwhile in the names of groups is not counted', async () => {
  const { db, admin, close } = await testDatabase({ schema: 'notices' })
  await admin.query('create schema bus create table job_common (name text)')
  const count = await countQueries(/notices/, async () => {
    await admin.query("select name from bus.job_common where name = 'notices.mail'")
    await db.query("select 'notices' as said")
  })
  expect(count).toBe(1)
  await close()
})
