import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { Caller } from '../contract/index.ts'

/** The header in which a service hands on who is calling; the gateway strips it from outside. */
export const callerHeader = 'x-marquee-caller'

/** How long a token holds, in milliseconds. */
export const callerLifetime = 60_000

const CallerClaims = z.object({
  caller: z.object({
    kind: z.enum(['anonymous', 'user', 'service']),
    userId: z.string().optional(),
    sessionId: z.string().optional(),
    roles: z.array(z.enum(['user', 'admin'])),
    service: z.string().optional(),
    secret: z.string().optional(),
    network: z.string().optional(),
    language: z.string().optional(),
    visitor: z.string().optional(),
    seen: z.string().optional(),
  }),
})

/** Signs who is calling, for one audience and 60 seconds. */
export async function signCaller(
  caller: Caller,
  audience: string,
  key: CryptoKey,
  keyId: string,
): Promise<string> {
  return new SignJWT({ caller: { ...caller, roles: [...caller.roles] } })
    .setProtectedHeader({ alg: 'EdDSA', kid: keyId })
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${callerLifetime / 1000}s`)
    .sign(key)
}

/** Reads a signed caller; undefined when the token is not for this audience, too old or not ours. */
export async function verifyCaller(
  token: string,
  audience: string,
  keyFor: (keyId: string) => Promise<CryptoKey | undefined>,
): Promise<Caller | undefined> {
  try {
    const { payload } = await jwtVerify(
      token,
      async ({ kid = '' }) => {
        const key = await keyFor(kid)
        if (!key) throw new Error(`unknown key ${kid}`)
        return key
      },
      { audience, algorithms: ['EdDSA'] },
    )
    return CallerClaims.parse(payload).caller
  } catch {
    // Whatever is wrong with it, a token that does not verify vouches for nobody.
    return undefined
  }
}
