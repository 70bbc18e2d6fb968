import { randomUUIDv7 } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Caller } from '../contract/index.ts'
import { signCaller, verifyCaller } from './caller-token.ts'

const File = z.object({
  keys: z
    .array(z.object({ id: z.string(), madeAt: z.iso.datetime(), jwk: z.record(z.string(), z.unknown()) }))
    .min(1),
})
type Key = { id: string; madeAt: number; signs: CryptoKey; verifies: CryptoKey }

/** By which services vouch to each other for who is calling. */
export type ServiceKeys = {
  sign(caller: Caller, audience: string): Promise<string>
  /** Undefined for a token that vouches for nobody here. */
  verify(token: string, audience: string): Promise<Caller | undefined>
}

const rereadAfter = 1000
// Everybody has read a key of this age; before that somebody might not know it yet.
const knownAfter = 10_000
const tokenKept = 30_000
const keysKept = 3

/**
 * Keys in a file that all services of an installation read, and reread when it changes, so that they rotate
 * without a restart. Makes the file when there is none. Throws when it cannot be read.
 */
export async function openServiceKeys(file: string, now = () => Date.now()): Promise<ServiceKeys> {
  await makeIfAbsent(file, now)
  let stamp = ''
  let checkedAt = Number.NEGATIVE_INFINITY
  let keys: Key[] = []
  const tokens = new LRUCache<string, { token: string; until: number }>({ max: 5000 })
  await current(true)

  return {
    async sign(caller, audience) {
      const about = `${audience} ${JSON.stringify(caller)}`
      const kept = tokens.get(about)
      if (kept && kept.until > now()) return kept.token
      const [newest, ...older] = await current()
      const key = older.length > 0 && newest && newest.madeAt > now() - knownAfter ? older[0] : newest
      if (!key) throw new Error(`${file} holds no key`)
      const token = await signCaller(caller, audience, key.signs, key.id)
      tokens.set(about, { token, until: now() + tokenKept })
      return token
    },
    verify: (token, audience) =>
      verifyCaller(token, audience, async (id) => {
        const known = (await current()).find((key) => key.id === id)
        return (known ?? (await current(true)).find((key) => key.id === id))?.verifies
      }),
  }

  async function current(sure = false): Promise<Key[]> {
    if (!sure && now() - checkedAt < rereadAfter) return keys
    checkedAt = now()
    // A replaced file is another one, even within the same millisecond.
    const { ino, mtimeMs } = statSync(file)
    const seen = `${ino} ${mtimeMs}`
    if (seen === stamp) return keys
    const read = await Promise.all(readKeys(file).map(open))
    stamp = seen
    keys = read.toSorted((one, other) => other.madeAt - one.madeAt)
    return keys
  }
}

/** Adds a key that signs from now on; the ones before it go on verifying. Answers its id. */
export async function rotateServiceKeys(file: string, now = () => Date.now()): Promise<string> {
  const fresh = await makeKey(now)
  write(file, [fresh, ...readKeys(file)].slice(0, keysKept))
  return fresh.id
}

async function makeIfAbsent(file: string, now: () => number): Promise<void> {
  try {
    statSync(file)
    return
  } catch {
    // Not there yet.
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const own = `${file}.${process.pid}`
  writeFileSync(own, JSON.stringify({ keys: [await makeKey(now)] }), { mode: 0o600 })
  try {
    linkSync(own, file)
  } catch {
    // Another process was first; its keys are as good.
  } finally {
    unlinkSync(own)
  }
}

async function makeKey(now: () => number) {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true })
  const madeAt = new Date(now()).toISOString()
  return { id: randomUUIDv7(), madeAt, jwk: { ...(await exportJWK(privateKey)) } }
}

function write(file: string, keys: readonly unknown[]): void {
  const beside = `${file}.${process.pid}`
  writeFileSync(beside, JSON.stringify({ keys }), { mode: 0o600 })
  renameSync(beside, file)
}

const readKeys = (file: string) => File.parse(JSON.parse(readFileSync(file, 'utf8'))).keys

async function open({ id, madeAt, jwk }: z.infer<typeof File>['keys'][number]): Promise<Key> {
  const { d: _secret, ...open } = jwk
  return {
    id,
    madeAt: Date.parse(madeAt),
    signs: await imported(jwk),
    verifies: await imported(open),
  }
}

async function imported(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, 'EdDSA')
  if (key instanceof Uint8Array) throw new Error('a service key must be an Ed25519 key')
  return key
}
