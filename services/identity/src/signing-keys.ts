import type { Database } from '@marquee/kit/sql'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose'

type KeyRow = { id: string; private_key: JWK; public_key: JWK; fresh: boolean }

export type SigningKeys = {
  /** Public keys, the signing one first; older ones stay while tokens they signed may live. */
  jwks(): { keys: (JWK & { kid: string })[] }
  sign(
    claims: { userId: string; sessionId: string; roles: readonly string[] },
    seconds: number,
  ): Promise<string>
}

const keptKeys = 3

/** Loads the keys that sign access tokens; makes the first, and a new one when the newest is too old. */
export async function loadSigningKeys(db: Database, keyDays: number): Promise<SigningKeys> {
  const rows = await db.transaction(async (tx) => {
    await tx.query("select pg_advisory_xact_lock(hashtextextended('identity.signing-keys', 0))")
    const read = () =>
      tx.query<KeyRow>(
        `select id, private_key, public_key, created_at > clock() - make_interval(days => $1) as fresh
           from signing_keys order by created_at desc limit $2`,
        [keyDays, keptKeys],
      )
    const { rows: known } = await read()
    if (known[0]?.fresh) return known
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true })
    const jwk = await exportJWK(publicKey)
    await tx.query(
      'insert into signing_keys (id, private_key, public_key, created_at) values ($1, $2, $3, clock())',
      [await calculateJwkThumbprint(jwk), JSON.stringify(await exportJWK(privateKey)), JSON.stringify(jwk)],
    )
    return (await read()).rows
  })
  const [newest] = rows
  if (!newest) throw new Error('identity has no signing key')
  const key = await importJWK(newest.private_key, 'EdDSA')
  return {
    jwks: () => ({ keys: rows.map((row) => ({ ...row.public_key, kid: row.id, alg: 'EdDSA', use: 'sig' })) }),
    sign: ({ userId, sessionId, roles }, seconds) =>
      new SignJWT({ sid: sessionId, roles: [...roles] })
        .setProtectedHeader({ alg: 'EdDSA', kid: newest.id })
        .setSubject(userId)
        .setIssuedAt()
        .setExpirationTime(`${seconds}s`)
        .sign(key),
  }
}
