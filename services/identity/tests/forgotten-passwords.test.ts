import { advanceClock, anonymous } from '@marquee/kit/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage?.stop())

it('asks the same of the database for an address with an account and one without', async () => {
  const { email } = await stage.newPerson()
  const rowsOf = async () =>
    (await stage.db.query('select email is null as settled, mailed_at from reset_requests order by id')).rows
  await stage.as(anonymous).forgotPassword({ email })
  await stage.as(anonymous).forgotPassword({ email: 'nobody@example.org' })
  const [known, unknown] = await rowsOf()
  expect(known).toEqual({ settled: false, mailed_at: null })
  expect(unknown).toEqual(known)
})
it('keeps no address once it was looked up', async () => {
  await stage.forgot('nobody@example.org')
  const { rows } = await stage.db.query('select 1 from reset_requests where email is not null')
  expect(rows).toEqual([])
})
it('mails one address three links an hour, whoever asks, and more the next hour', async () => {
  const { email, session } = await stage.newPerson()
  for (let times = 0; times < 5; times++) await stage.forgot(times % 2 ? email : email.toUpperCase())
  expect(await stage.mailTo(session.user.id, 'reset-password')).toHaveLength(3)
  await advanceClock(stage.db, { minutes: 61 })
  await stage.forgot(email)
  expect(await stage.mailTo(session.user.id, 'reset-password')).toHaveLength(4)
})
it('leaves a link good that was mailed within the last minute', async () => {
  const { email, session } = await stage.newPerson()
  await stage.forgot(email)
  await advanceClock(stage.db, { seconds: 50 })
  await stage.forgot(email)
  const [first] = await stage.mailTo(session.user.id, 'reset-password')
  expect(await stage.reset(first?.token)).toMatchObject({ ok: true })
})
it('ends a link of more than a minute when a newer one is mailed', async () => {
  const { email, session } = await stage.newPerson()
  await stage.forgot(email)
  await advanceClock(stage.db, { seconds: 61 })
  await stage.forgot(email)
  const [first, second] = await stage.mailTo(session.user.id, 'reset-password')
  expect(await stage.reset(first?.token)).toMatchObject({ code: 'link-expired' })
  expect(await stage.reset(second?.token)).toMatchObject({ ok: true })
})
it('ends every other link once one was used', async () => {
  const { email, session } = await stage.newPerson()
  await stage.forgot(email)
  await stage.forgot(email)
  const [first, second] = await stage.mailTo(session.user.id, 'reset-password')
  expect(await stage.reset(second?.token)).toMatchObject({ ok: true })
  expect(await stage.reset(first?.token)).toMatchObject({ code: 'link-expired' })
})
