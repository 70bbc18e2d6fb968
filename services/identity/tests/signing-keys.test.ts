import { advanceClock, anonymous, bootService } from '@marquee/kit/testing'
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { identity } from '../src/index.ts'
import { loadSigningKeys } from '../src/signing-keys.ts'

let booted: Awaited<ReturnType<typeof boot>>
let moment = Temporal.Now.instant()
const boot = () => bootService(identity, { clock: { now: () => moment } })
beforeAll(async () => {
  booted = await boot()
})
afterAll(() => booted?.stop())

const pass = async (duration: Temporal.DurationLike) => {
  moment = moment.add({ seconds: Temporal.Duration.from(duration).total('seconds') })
  await advanceClock(booted.db, duration)
}
const kidsShown = async () => (await booted.as(anonymous).jwks()).keys.map(({ kid }) => kid)
let people = 0
const newToken = async () => {
  people += 1
  const { accessToken } = await booted
    .as(anonymous)
    .register({ email: `keys-${people}@example.org`, password: 'correct horse battery', name: 'Somebody' })
  return { accessToken, kid: decodeProtectedHeader(accessToken).kid }
}
const verifies = async (token: string) => {
  const { keys } = await booted.as(anonymous).jwks()
  return jwtVerify(token, createLocalJWKSet({ keys: keys as never })).then(
    () => true,
    () => false,
  )
}

it('replaces a signing key of a month: shown first, signing minutes later, the old one good while its tokens live', async () => {
  const before = await newToken()
  await pass({ days: 29 })
  await booted.runJob('rotate-signing-keys')
  expect(await kidsShown()).toEqual([before.kid])

  await pass({ days: 2 })
  await booted.runJob('rotate-signing-keys')
  const [successor, ...older] = await kidsShown()
  expect(older).toEqual([before.kid])
  expect((await newToken()).kid).toBe(before.kid)

  await pass({ minutes: 5 })
  await booted.runJob('reload-signing-keys')
  expect((await newToken()).kid).toBe(successor)
  expect(await verifies(before.accessToken)).toBe(true)

  await pass({ minutes: 60 })
  await booted.runJob('rotate-signing-keys')
  expect(await verifies(before.accessToken)).toBe(true)

  await pass({ minutes: 16 })
  await booted.runJob('rotate-signing-keys')
  expect(await kidsShown()).toEqual([successor])
  expect(await verifies(before.accessToken)).toBe(false)
})

it('shows a key that another instance made as soon as a door asks for it', async () => {
  const other = await loadSigningKeys({ db: booted.db, keyDays: 30, now: () => moment })
  await advanceClock(booted.db, { days: 31 })
  await other.rotate()
  const [made] = (await other.jwks()).keys
  moment = moment.add({ seconds: 1 })
  expect((await kidsShown())[0]).toBe(made?.kid)
})

it('makes one key only when two instances rotate together', async () => {
  const deps = { db: booted.db, keyDays: 30, now: () => moment }
  const instances = await Promise.all([loadSigningKeys(deps), loadSigningKeys(deps)])
  await advanceClock(booted.db, { days: 31 })
  const before = await booted.db.query('select id from signing_keys')
  await Promise.all(instances.map((one) => one.rotate()))
  const after = await booted.db.query('select id from signing_keys where not (id = any($1))', [
    before.rows.map((row) => row.id),
  ])
  expect(after.rows).toHaveLength(1)
})
