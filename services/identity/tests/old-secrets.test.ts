import { advanceClock, anonymous } from '@marquee/kit/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLogIn } from '../src/log-in.ts'
import { openStage, password, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage?.stop())

it('knows a stolen session by its reuse also when its owner was away for weeks', async () => {
  const { refreshToken } = await stage.newPerson()
  const thief = await stage.refresh(refreshToken)
  await advanceClock(stage.db, { days: 10 })
  await stage.runJob('forget-old-sessions')
  expect(await stage.refresh(refreshToken)).toMatchObject({ ok: false, code: 'session-ended' })
  const stolen = (thief.ok && thief.value.refreshToken) || ''
  expect(await stage.refresh(stolen)).toMatchObject({ ok: false, code: 'session-ended' })
})

it('opens no session by a password that was replaced while it was being judged', async () => {
  const { email, session } = await stage.newPerson()
  await stage.forgot(email)
  const [mail] = await stage.mailTo(session.user.id, 'reset-password')
  let opened = 0
  const logIn = createLogIn({
    db: stage.db,
    hashing: {
      hash: async () => '',
      verify: async () => {
        expect(await stage.reset(mail?.token)).toMatchObject({ ok: true })
        return true
      },
    },
    lockout: { waitFor: async () => 0, mayTry: async () => true, succeeded: async () => {} },
    sessions: {
      open: async () => {
        opened += 1
        return {}
      },
    } as never,
    secondFactor: { check: async () => 'none' } as never,
  })
  expect(await logIn({ email, password })).toEqual({ ok: false, code: 'invalid-credentials' })
  expect(opened).toBe(0)
})

it('ends links that were mailed before, once the password was changed', async () => {
  const { email, me, session } = await stage.newPerson()
  await stage.forgot(email)
  await stage.as(me).changePassword({ current: password, password: 'one that nobody knows' })
  const [mail] = await stage.mailTo(session.user.id, 'reset-password')
  expect(await stage.reset(mail?.token)).toMatchObject({ ok: false, code: 'link-expired' })
})

it('fills nobody’s mailbox for whoever registers with their address again and again', async () => {
  const { email, session } = await stage.newPerson()
  const again = () =>
    stage.as(anonymous).attempt.register({ email: email.toUpperCase(), password, name: 'Somebody else' })
  for (let times = 0; times < 6; times++) expect(await again()).toMatchObject({ code: 'email-taken' })
  expect(await stage.mailTo(session.user.id, 'email-already-registered')).toHaveLength(3)
  await stage.forgot(email)
  expect(await stage.mailTo(session.user.id, 'reset-password')).toHaveLength(1)
  await advanceClock(stage.db, { minutes: 61 })
  await again()
  expect(await stage.mailTo(session.user.id, 'email-already-registered')).toHaveLength(4)
})
