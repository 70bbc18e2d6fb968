import { randomUUIDv7 } from 'node:crypto'
import { advanceClock, anonymous } from '@marquee/kit/testing'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { networkSubject } from '../src/failure-subjects.ts'
import { openStage, password, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage?.stop())

const handleOf = async (name: string) => (await stage.newPerson(name)).session.user.handle

describe('a handle', () => {
  it('is the plain name for the first who has it, and longer for the next', async () => {
    expect(await handleOf('Ömer Fârûk')).toBe('omer_faruk')
    expect(await handleOf('Omer Faruk')).toMatch(/^omer_faruk_[a-z0-9]{6,}$/)
  })
  it('is plain for one only of many who come at once with one name', async () => {
    const handles = await Promise.all(Array.from({ length: 6 }, () => handleOf('Same Name')))
    expect(new Set(handles).size).toBe(6)
    expect(handles.filter((handle) => handle === 'same_name')).toHaveLength(1)
  })
  it('of a name of two letters has three or more', async () => {
    expect(await handleOf('Al')).toMatch(/^al_[a-z0-9]{6,}$/)
  })
})

describe('a session', () => {
  it('that calls itself something else than we would is no bug of ours', async () => {
    const { me } = await stage.newPerson()
    const odd = { ...me, sessionId: 'no such thing' }
    expect(
      await stage.as(odd).attempt.changePassword({ current: password, password: 'a whole new password' }),
    ).toMatchObject({ ok: true })
    expect(await stage.as(odd).attempt.logout()).toMatchObject({ ok: true })
  })
  it('keeps no successor, not even sealed, once it may no longer be given', async () => {
    const { refreshToken } = await stage.newPerson()
    await stage.refresh(refreshToken)
    const sealed = async () =>
      (await stage.db.query('select 1 from refresh_tokens where sealed_successor is not null')).rows.length
    await stage.runJob('forget-successors')
    expect(await sealed()).toBe(1)
    await advanceClock(stage.db, { seconds: 30 })
    await stage.runJob('forget-successors')
    expect(await sealed()).toBe(0)
  })
})

it('tells a service which of some addresses have an account with a password', async () => {
  const [one, other] = [await stage.newPerson(), await stage.newPerson()]
  await stage.as(other.me).changePassword({ current: password, password: 'a whole new password' })
  const emails = [other.email, one.email, 'nobody@example.org']
  expect(await stage.asService().findUsersWithPassword({ emails, password })).toEqual({ emails: [one.email] })
  expect(await stage.as(one.me).attempt.findUsersWithPassword({ emails, password })).toMatchObject({
    ok: false,
    code: 'forbidden',
  })
})

describe('a second factor', () => {
  it('is confirmed by a code typed as the app shows it, with a space', async () => {
    const { me } = await stage.newPerson()
    const { secret } = await stage.as(me).startTotp()
    const { rows } = await stage.db.query<{ now: number }>(
      'select extract(epoch from clock())::float8 as now',
    )
    const totp = new TOTP({ secret: Secret.fromBase32(secret) })
    const code = totp.generate({ timestamp: (rows[0]?.now ?? 0) * 1000 })
    const spaced = `${code.slice(0, 3)} ${code.slice(3)}`
    const { recoveryCodes } = await stage.as(me).confirmTotp({ code: spaced })
    expect(recoveryCodes).toHaveLength(10)
  })
  it('is not asked what is no code at all', async () => {
    const { me } = await stage.newPerson()
    await stage.as(me).startTotp()
    for (const code of ['12345', '1234567', '12a456', ''])
      expect(await stage.as(me).attempt.confirmTotp({ code })).toMatchObject({ code: 'invalid-input' })
  })
})

describe('guessing', () => {
  it('is counted for a network without keeping its address', async () => {
    const network = '203.0.113.77'
    await stage.as({ ...anonymous, network }).attempt.login({ email: 'nobody@example.org', password: 'x' })
    const { rows } = await stage.db.query<{ subject: string }>('select subject from login_failures')
    expect(rows.filter(({ subject }) => subject.startsWith('network:'))).not.toEqual([])
    expect(JSON.stringify(rows)).not.toContain(network)
  })
  it('is not what a network is blamed for whose people have a second factor', async () => {
    const network = '203.0.113.78'
    const { email, me } = await stage.newPerson()
    const { secret } = await stage.as(me).startTotp()
    const { rows } = await stage.db.query<{ now: number }>(
      'select extract(epoch from clock())::float8 as now',
    )
    const totp = new TOTP({ secret: Secret.fromBase32(secret) })
    await stage
      .as(me)
      .confirmTotp({ code: totp.generate({ timestamp: (rows[0]?.now ?? 0) * 1000 - 30_000 }) })
    const logIn = (code?: string) =>
      stage
        .as({ ...anonymous, network })
        .attempt.login({ email, password, ...(code === undefined ? {} : { code }) })
    const blamed = async () => {
      const found = await stage.db.query<{ failures: number }>(
        'select failures from login_failures where subject = any($1)',
        [networkSubject(network)],
      )
      return found.rows[0]?.failures
    }
    expect(await logIn()).toMatchObject({ code: 'second-factor-needed' })
    expect(await blamed()).toBe(0)
    expect(await logIn('000 00')).toMatchObject({ code: 'invalid-credentials' })
    expect(await blamed()).toBe(1)
  })
  it('wrongly now and then, in a network of many people, makes nobody there wait', async () => {
    const house = await openStage({ config: { failuresAllowed: 3 } })
    const network = '203.0.113.79'
    const mistake = () =>
      house
        .as({ ...anonymous, network })
        .attempt.login({ email: `${randomUUIDv7()}@example.org`, password: 'mistyped' })
    // A network may fail 75 times here, and forgets them within an hour.
    for (let times = 0; times < 80; times++) {
      expect(await mistake(), `after ${times}`).toMatchObject({ code: 'invalid-credentials' })
      await advanceClock(house.db, { minutes: 2 })
    }
    const codes = new Set<string | undefined>()
    for (let times = 0; times < 80; times++) {
      const answer = await mistake()
      codes.add(answer.ok ? undefined : answer.code)
    }
    expect([...codes]).toEqual(['invalid-credentials', 'locked-out'])
    await house.stop()
  }, 60_000)
  it('from elsewhere keeps nobody out of their own account, until it comes from many places', async () => {
    const house = await openStage({ config: { failuresAllowed: 3 } })
    const { email, me } = await house.newPerson()
    const logInFrom = async (network: string, given = 'mistyped') => {
      const answer = await house.as({ ...anonymous, network }).attempt.login({ email, password: given })
      return answer.ok ? 'in' : answer.code
    }
    const home = '203.0.113.80'
    for (let times = 0; times < 3; times++) await logInFrom('203.0.113.81')
    expect(await logInFrom('203.0.113.81', password)).toBe('locked-out')
    expect(await logInFrom(home, password)).toBe('in')

    // 24 in an hour, from wherever.
    for (let times = 0; times < 24; times++) await logInFrom(`198.51.100.${times}`)
    expect(await logInFrom(home, password)).toBe('locked-out')
    await house.forgot(email)
    const [mail] = await house.mailTo(me.userId, 'reset-password')
    expect(await house.reset(mail?.token, password)).toMatchObject({ ok: true })
    for (const network of [home, '203.0.113.81']) expect(await logInFrom(network, password)).toBe('in')
    await house.stop()
  }, 60_000)
  it('makes nobody wait where load tests run', async () => {
    const open = await openStage({ config: { limits: 'off' } })
    try {
      const { email } = await open.newPerson()
      for (let tries = 0; tries < 12; tries++) await open.logIn(email, randomUUIDv7())
      expect(await open.logIn(email)).toMatchObject({ ok: true })
    } finally {
      await open.stop()
    }
  })
})
