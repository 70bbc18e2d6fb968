import { randomUUIDv7 } from 'node:crypto'
import { accountMailRequested, userErased } from '@marquee/contracts/identity'
import { theaterPeopleChanged } from '@marquee/contracts/theater-events'
import { theatersContract } from '@marquee/contracts/theaters'
import { fail } from '@marquee/kit/contract'
import { advanceClock, anonymous, bootService, neighbour, person } from '@marquee/kit/testing'
import { decodeJwt } from 'jose'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { identity } from '../src/index.ts'

let booted: Awaited<ReturnType<typeof boot>>
let ownedAlone: { id: string; name: string }[] | 'no answer' = []
const boot = () =>
  bootService(identity, {
    neighbours: [
      neighbour(theatersContract, {
        theatersOwnedAlone: () => (ownedAlone === 'no answer' ? fail('unavailable') : { items: ownedAlone }),
      }),
    ],
  })
beforeAll(async () => {
  booted = await boot()
})
afterAll(() => booted?.stop())

const password = 'correct horse battery'
const newPerson = async () => {
  const email = `p-${randomUUIDv7()}@example.org`
  const session = await booted
    .as(anonymous)
    .register({ email, password, name: 'Zoë Müller', session: 'token' })
  return { email, session, me: person(session.user.id), refreshToken: session.refreshToken ?? '' }
}
const logIn = (email: string, given: { password?: string; code?: string; network?: string } = {}) =>
  booted.as({ ...anonymous, network: given.network ?? randomUUIDv7() }).attempt.login({
    email,
    password: given.password ?? password,
    ...(given.code ? { code: given.code } : {}),
  })
const refresh = (refreshToken: string) => booted.as(anonymous).attempt.refresh({ refreshToken })

const forgot = async (email: string) => {
  await booted.as(anonymous).forgotPassword({ email })
  await booted.runJob('mail-reset-links')
}
const lastMail = async (userId: string, kind: string) =>
  (await booted.published(accountMailRequested)).findLast(
    (mail) => mail.userId === userId && mail.kind === kind,
  ) as { token: string } | undefined

describe('an account', () => {
  it('is opened once an address, whatever its case, and the owner of the address is told', async () => {
    const { email, session } = await newPerson()
    const again = await booted
      .as(anonymous)
      .attempt.register({ email: email.toUpperCase(), password, name: 'Other' })
    expect(again).toMatchObject({ ok: false, code: 'email-taken', status: 409 })
    expect(await lastMail(session.user.id, 'email-already-registered')).toBeDefined()
  })
  it('has a name of one line that is no address: it greets in mails', async () => {
    for (const name of ['Win at https://phish.example', 'Zoë\nMüller'])
      expect(
        await booted
          .as(anonymous)
          .attempt.register({ email: `${randomUUIDv7()}@example.org`, password, name, session: 'token' }),
      ).toMatchObject({ ok: false, status: 422, problem: { errors: [{ path: 'name' }] } })
  })
  it('gives a token that says who and which session, and no more', async () => {
    const { session } = await newPerson()
    expect(Object.keys(decodeJwt(session.accessToken)).toSorted()).toEqual([
      'exp',
      'iat',
      'roles',
      'sid',
      'sub',
    ])
  })
  it('answers a wrong password and an unknown address alike', async () => {
    const { email } = await newPerson()
    const [wrong, unknown] = await Promise.all([
      logIn(email, { password: 'not the password' }),
      logIn('nobody@example.org'),
    ])
    expect(wrong).toMatchObject({ ok: false, code: 'invalid-credentials' })
    expect({ ...unknown, problem: null }).toEqual({ ...wrong, problem: null })
  })
  it('has to wait after repeated failures, even with the right password, and not for ever', async () => {
    const { email } = await newPerson()
    const network = '203.0.113.90'
    for (let tries = 0; tries < 8; tries++) await logIn(email, { password: 'not the password', network })
    expect(await logIn(email, { network })).toMatchObject({ ok: false, code: 'locked-out', status: 429 })
    await advanceClock(booted.db, { minutes: 16 })
    expect(await logIn(email, { network })).toMatchObject({ ok: true })
  })
})

describe('guessing', () => {
  it('many passwords at once is no way around the wait', async () => {
    const { email } = await newPerson()
    const network = '203.0.113.91'
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => logIn(email, { password: 'not the password', network })),
    )
    const judged = answers.filter((answer) => !answer.ok && answer.code === 'invalid-credentials')
    expect(judged.length).toBeLessThanOrEqual(8)
    expect(await logIn(email, { network })).toMatchObject({ code: 'locked-out' })
  })
  it('does not go on once the password was set anew by its owner', async () => {
    const { email, session } = await newPerson()
    for (let tries = 0; tries < 9; tries++) await logIn(email, { password: 'not the password' })
    await forgot(email)
    const mail = await lastMail(session.user.id, 'reset-password')
    await booted.as(anonymous).resetPassword({ token: mail?.token ?? '', password: 'a whole new password' })
    expect(await logIn(email, { password: 'a whole new password' })).toMatchObject({ ok: true })
  })
  it('passwords of a session that somebody left open ends in a wait too', async () => {
    const { me } = await newPerson()
    for (let tries = 0; tries < 8; tries++)
      await booted.as(me).attempt.eraseMe({ password: 'not the password' })
    expect(await booted.as(me).attempt.eraseMe({ password })).toMatchObject({
      code: 'locked-out',
      status: 429,
    })
  })
})

describe('a session', () => {
  it('gives two tabs that refresh together the same successor', async () => {
    const { refreshToken } = await newPerson()
    const [one, two] = await Promise.all([refresh(refreshToken), refresh(refreshToken)])
    expect(one.ok && two.ok && one.value.refreshToken === two.value.refreshToken).toBe(true)
  })
  it('ends whole when a token is used long after it was replaced', async () => {
    const { refreshToken } = await newPerson()
    const next = await refresh(refreshToken)
    await advanceClock(booted.db, { seconds: 31 })
    expect(await refresh(refreshToken)).toMatchObject({ ok: false, code: 'session-ended' })
    expect(await refresh((next.ok && next.value.refreshToken) || '')).toMatchObject({
      ok: false,
      code: 'session-ended',
    })
  })
  it('that was logged out is told to every gateway', async () => {
    const { session, refreshToken } = await newPerson()
    const before = await booted.asService().listRevocations({ after: 0 })
    await booted.as(anonymous).logout({ refreshToken })
    expect(await refresh(refreshToken)).toMatchObject({ code: 'session-ended' })
    const { items } = await booted.asService().listRevocations({ after: before.last })
    expect(items.map((item) => item.sessionId)).toContain(decodeJwt(session.accessToken).sid)
  })
  it('ends everywhere at once', async () => {
    const { email, me, refreshToken } = await newPerson()
    const other = await logIn(email)
    await booted.as(me).logoutEverywhere()
    for (const token of [refreshToken, other.ok ? other.value.refreshToken : undefined])
      expect(await refresh(token ?? '')).toMatchObject({ code: 'session-ended' })
  })
})

describe('a password', () => {
  it('is set anew by a mailed link, once, and every session ends', async () => {
    const { email, session, refreshToken } = await newPerson()
    await forgot(email)
    const mail = await lastMail(session.user.id, 'reset-password')
    const reset = () =>
      booted
        .as(anonymous)
        .attempt.resetPassword({ token: mail?.token ?? '', password: 'a whole new password' })
    expect(await reset()).toMatchObject({ ok: true, status: 204 })
    expect(await reset()).toMatchObject({ ok: false, code: 'link-expired', status: 410 })
    expect(await refresh(refreshToken)).toMatchObject({ code: 'session-ended' })
    expect(await logIn(email, { password: 'a whole new password' })).toMatchObject({ ok: true })
  })
  it('cannot be set by a link that is too old', async () => {
    const { email, session } = await newPerson()
    await forgot(email)
    const mail = await lastMail(session.user.id, 'reset-password')
    await advanceClock(booted.db, { minutes: 61 })
    expect(
      await booted.as(anonymous).attempt.resetPassword({ token: mail?.token ?? '', password }),
    ).toMatchObject({ code: 'link-expired' })
  })
  it('is changed only with the current one', async () => {
    const { me } = await newPerson()
    expect(
      await booted.as(me).attempt.changePassword({ current: 'wrong', password: 'a whole new password' }),
    ).toMatchObject({ code: 'wrong-password', status: 403 })
  })
  it('is not told to a mailbox that has no account', async () => {
    const before = (await booted.published(accountMailRequested)).length
    await forgot('nobody@example.org')
    expect((await booted.published(accountMailRequested)).length).toBe(before)
  })
})

describe('a second factor', () => {
  it('is asked for once it is confirmed, takes each code once, and a recovery code in need', async () => {
    const { email, me } = await newPerson()
    const { secret } = await booted.as(me).startTotp()
    const { rows } = await booted.db.query<{ now: number }>(
      'select extract(epoch from clock())::float8 as now',
    )
    const now = (rows[0]?.now ?? 0) * 1000
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now })
    const { recoveryCodes } = await booted.as(me).confirmTotp({ code })
    expect(await logIn(email)).toMatchObject({ code: 'second-factor-needed', status: 401 })
    expect(await logIn(email, { code })).toMatchObject({ code: 'invalid-credentials' })
    expect(await logIn(email, { code: recoveryCodes[0] ?? '' })).toMatchObject({ ok: true })
    expect(await logIn(email, { code: recoveryCodes[0] ?? '' })).toMatchObject({ ok: false })
  })
})

describe('a person', () => {
  it('changes name and handle, but not into somebody else’s handle', async () => {
    const [one, two] = [await newPerson(), await newPerson()]
    const handle = `h_${randomUUIDv7().replaceAll('-', '').slice(0, 20)}`
    expect(await booted.as(one.me).updateMe({ handle, name: 'Other Name' })).toMatchObject({
      handle,
      name: 'Other Name',
    })
    expect(await booted.as(two.me).attempt.updateMe({ handle })).toMatchObject({
      code: 'handle-taken',
      status: 409,
    })
  })
  it('does not overwrite a change they have not seen', async () => {
    const { me } = await newPerson()
    const { version } = await booted.as(me).getMe()
    await booted.as(me).updateMe({ name: 'First' })
    const second = (seen: string) =>
      booted.as(me).attempt.updateMe({ name: 'Second' }, { headers: { 'if-match': seen } })
    expect(await second(`"${version}"`)).toMatchObject({ code: 'version-mismatch', status: 412 })
    expect(await second('"of another kind"')).toMatchObject({ code: 'version-mismatch', status: 412 })
    expect(await second('*')).toMatchObject({ ok: true, value: { name: 'Second' } })
  })
  it('sees where they work, and no longer once they left', async () => {
    const { me } = await newPerson()
    const theaterId = randomUUIDv7()
    const told = { theaterId, theaterName: 'Lichtburg', userId: me.userId }
    await booted.deliver(theaterPeopleChanged, { ...told, role: 'staff' }, { key: theaterId, version: 1 })
    expect(await booted.as(me).getMe()).toMatchObject({
      roles: ['user', 'staff'],
      theaters: [{ id: theaterId, name: 'Lichtburg', role: 'staff' }],
    })
    await booted.deliver(theaterPeopleChanged, { ...told, role: null }, { key: theaterId, version: 2 })
    await booted.deliver(theaterPeopleChanged, { ...told, role: 'staff' }, { key: theaterId, version: 1 })
    expect((await booted.as(me).getMe()).theaters).toEqual([])
  })
  it('is not erased while a theater has no other owner, nor while nobody can say so', async () => {
    const { email, me } = await newPerson()
    const alone = [{ id: randomUUIDv7(), name: 'Lichtburg' }]
    ownedAlone = alone
    expect(await booted.as(me).attempt.eraseMe({ password })).toMatchObject({
      status: 409,
      code: 'last-owner',
      problem: { theaters: alone },
    })
    ownedAlone = 'no answer'
    expect(await booted.as(me).attempt.eraseMe({ password })).toMatchObject({ status: 503 })
    ownedAlone = []
    expect(await logIn(email)).toMatchObject({ ok: true })
  })
  it('is gone once erased: no log-in, no address, sessions ended, others told', async () => {
    const { email, me, refreshToken } = await newPerson()
    expect(await booted.as(me).attempt.eraseMe({ password: 'wrong' })).toMatchObject({
      code: 'wrong-password',
    })
    await booted.as(me).eraseMe({ password })
    expect(await logIn(email)).toMatchObject({ code: 'invalid-credentials' })
    expect(await refresh(refreshToken)).toMatchObject({ code: 'session-ended' })
    expect(await booted.published(userErased)).toContainEqual({ userId: me.userId })
    const { rows } = await booted.db.query('select 1 from users where email = $1 or name = $2 and id = $3', [
      email,
      'Zoë Müller',
      me.userId,
    ])
    expect(rows).toEqual([])
  })
})
