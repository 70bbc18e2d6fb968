import type { Database } from '@marquee/kit/sql'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose'
import { forgetKeys, hasYoungKey, insertKey, type KeyRow, lockKeys, readKeys } from './signing-key-store.ts'

type PublicKey = JWK & { kid: string }
type Loaded = { at: number; signing: { id: string; key: CryptoKey | Uint8Array }; public: PublicKey[] }

export type SigningKeys = {
  /** Public keys: those to come, the one that signs, and older ones while a token of theirs may live. */
  jwks(): Promise<{ keys: PublicKey[] }>
  sign(
    claims: { userId: string; sessionId: string; roles: readonly string[] },
    seconds: number,
  ): Promise<string>
  /** Makes a new key when the newest is too old, and forgets what no token can need. */
  rotate(): Promise<void>
  /** Takes over what another instance made, and signs with a new key once it was announced. */
  reload(): Promise<void>
}
type Deps = { db: Database; keyDays: number; now: () => Temporal.Instant }

const readAgainMilliseconds = 1000

/** Loads the keys that sign access tokens, making the first one. */
export async function loadSigningKeys({ db, keyDays, now }: Deps): Promise<SigningKeys> {
  let loaded: Loaded | undefined
  const rotate = async () => {
    await db.transaction(async (tx) => {
      await lockKeys(tx)
      if (!(await hasYoungKey(tx, keyDays))) await insertKey(tx, await makeKey())
      await forgetKeys(tx)
    })
    await reload()
  }
  const load = async (): Promise<Loaded> => {
    const at = now().epochMilliseconds
    const rows = await readKeys(db)
    // A key that nobody could have seen yet signs only when there is no older one.
    const signing = rows.find((row) => row.announced) ?? rows.at(-1)
    if (!signing) throw new Error('identity has no signing key')
    const key =
      loaded?.signing.id === signing.id ? loaded.signing.key : await importJWK(signing.private_key, 'EdDSA')
    return { at, signing: { id: signing.id, key }, public: rows.map(publicKeyOf) }
  }
  const reload = async () => {
    loaded = await load()
  }
  await rotate()
  const current = () => {
    if (!loaded) throw new Error('the signing keys were never loaded')
    return loaded
  }

  return {
    rotate,
    reload,
    async jwks() {
      // A gateway asks because it met a key it does not know: another instance may have made it just now.
      if (now().epochMilliseconds - current().at >= readAgainMilliseconds) await reload()
      return { keys: current().public }
    },
    sign({ userId, sessionId, roles }, seconds) {
      const { id, key } = current().signing
      return new SignJWT({ sid: sessionId, roles: [...roles] })
        .setProtectedHeader({ alg: 'EdDSA', kid: id })
        .setSubject(userId)
        .setIssuedAt()
        .setExpirationTime(`${seconds}s`)
        .sign(key)
    },
  }
}

const publicKeyOf = (row: KeyRow): PublicKey => ({ ...row.public_key, kid: row.id, alg: 'EdDSA', use: 'sig' })

async function makeKey() {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true })
  const jwk = await exportJWK(publicKey)
  return { id: await calculateJwkThumbprint(jwk), privateKey: await exportJWK(privateKey), publicKey: jwk }
}
