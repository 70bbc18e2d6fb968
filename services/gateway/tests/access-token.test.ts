import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { createAccessTokens } from '../src/access-token.ts'

const makeKey = async (kid: string) => {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA')
  return {
    public: { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA' },
    sign: (userId: string, until = '2026-11-22T00:00:00Z') =>
      new SignJWT({ sid: `session of ${userId}`, roles: ['user'] })
        .setProtectedHeader({ alg: 'EdDSA', kid })
        .setSubject(userId)
        .setExpirationTime(new Date(until))
        .sign(privateKey),
  }
}

function atTheDoor(shown: { keys: JWK[] }) {
  let moment = Temporal.Instant.from('2026-11-21T18:00:00Z')
  let fetches = 0
  const tokens = createAccessTokens({
    fetchKeys: async () => {
      fetches += 1
      if (shown.keys.length === 0) throw new Error('identity does not answer')
      return { keys: [...shown.keys] }
    },
    now: () => moment,
  })
  return {
    who: async (token: string) => (await tokens.read(token))?.userId,
    fetches: () => fetches,
    pass: (duration: Temporal.DurationLike) => {
      moment = moment.add(duration)
    },
  }
}

describe('the keys of access tokens at the door', () => {
  it('are fetched again for a token that a newer key signed', async () => {
    const [first, second] = [await makeKey('k1'), await makeKey('k2')]
    const shown = { keys: [first.public] }
    const door = atTheDoor(shown)
    expect(await door.who(await first.sign('user 1'))).toBe('user 1')
    shown.keys = [second.public, first.public]
    door.pass({ seconds: 1 })
    expect(await door.who(await second.sign('user 2'))).toBe('user 2')
    expect(await door.who(await first.sign('user 3'))).toBe('user 3')
    expect(door.fetches()).toBe(2)
  })
  it('are fetched no more than once a second for a hundred made-up keys', async () => {
    const real = await makeKey('k1')
    const door = atTheDoor({ keys: [real.public] })
    await door.who(await real.sign('user 1'))
    door.pass({ seconds: 1 })
    const forged = await Promise.all(
      Array.from({ length: 100 }, async (_, at) => (await makeKey(`made-up-${at}`)).sign('user 1')),
    )
    for (const token of forged) expect(await door.who(token)).toBeUndefined()
    expect(door.fetches()).toBe(2)
    door.pass({ seconds: 1 })
    await Promise.all(forged.map(door.who))
    expect(door.fetches()).toBe(3)
  })
  it('are no longer believed minutes after identity ceased to show them', async () => {
    const [old, current] = [await makeKey('k1'), await makeKey('k2')]
    const shown = { keys: [current.public, old.public] }
    const door = atTheDoor(shown)
    expect(await door.who(await old.sign('user 1'))).toBe('user 1')
    shown.keys = [current.public]
    door.pass({ minutes: 5 })
    await door.who(await current.sign('user 2'))
    await Promise.resolve()
    expect(await door.who(await old.sign('user 3'))).toBeUndefined()
  })
  it('stay good while identity does not answer', async () => {
    const real = await makeKey('k1')
    const shown = { keys: [real.public] }
    const door = atTheDoor(shown)
    await door.who(await real.sign('user 1'))
    shown.keys = []
    door.pass({ minutes: 6 })
    expect(await door.who(await real.sign('user 2'))).toBe('user 2')
  })
})
