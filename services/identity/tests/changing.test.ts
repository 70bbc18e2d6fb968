import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage?.stop())

const wrong = (email: string) => stage.logIn(email, 'not my password')

test('how many wrong passwords are forgiven follows what an operator says while it runs', async () => {
  stage.set({ failuresAllowed: 3 })
  const { email } = await stage.newPerson()
  for (const _ of [1, 2, 3]) await wrong(email)
  expect(await stage.logIn(email)).toMatchObject({ ok: false, code: 'locked-out' })
  stage.set({ limits: 'off' })
  expect(await stage.logIn(email)).toMatchObject({ ok: true })
  stage.set({})
})

test('how many links are mailed to one address in an hour does too', async () => {
  stage.set({ resetMailsAnHour: 1 })
  const { email, me } = await stage.newPerson()
  for (const _ of [1, 2]) await stage.forgot(email)
  expect(await stage.mailTo(me.userId, 'reset-password')).toHaveLength(1)
  stage.set({ resetMailsAnHour: 2 })
  await stage.forgot(email)
  expect(await stage.mailTo(me.userId, 'reset-password')).toHaveLength(2)
})
