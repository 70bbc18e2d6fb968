import { randomUUIDv7 } from 'node:crypto'
import {
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Caller } from '../contract/index.ts'
import { callerLifetime, signCaller, verifyCaller } from './caller-token.ts'

const File = z.object({
  keys: z
    .array(z.object({ id: z.string(), madeAt: z.iso.datetime(), jwk: z.record(z.string(), z.unknown()) }))
    .min(1),
})
type Key = { id: string; madeAt: number; signs: CryptoKey; verifies: CryptoKey }

/** By which services vouch to each other for who is calling. */
export type ServiceKeys = {
  /** At once while a token that was signed before holds. */
  sign(caller: Caller, audience: string): string | Promise<string>
  /** Undefined for a token that vouches for nobody here. */
  verify(token: string, audience: string): Promise<Caller | undefined>
}

const rereadAfter = 1000
// Everybody has read a key of this age; before that somebody might not know it yet.
const knownAfter = 10_000
const tokenKept = 30_000
// What was signed last may still be on its way; clocks differ a little.
const spare = 30_000
/** After so long under a successor a key has no token left that holds. */
const outlives = knownAfter + tokenKept + callerLifetime + spare

/**
 * Keys in a file that all services of an installation read, and reread when it changes, so that they rotate
 * without a restart. Makes the file when there is none. Throws when it cannot be read; later the keys read last go on,
 * and `onUnreadable` is told once.
 */
export async function openServiceKeys(
  file: string,
  now = () => Date.now(),
  onUnreadable: (error: unknown) => void = () => {},
): Promise<ServiceKeys> {
  await makeIfAbsent(file, now)
  let stamp = ''
  let checkedAt = Number.NEGATIVE_INFINITY
  let keys: Key[] = []
  let trouble = ''
  const tokens = new LRUCache<string, { token: string; until: number }>({ max: 5000 })
  await current(true)

  return {
    sign(caller, audience) {
      const about = `${audience} ${JSON.stringify(caller)}`
      const kept = tokens.get(about)
      return kept && isWithin(kept.until - now(), tokenKept) ? kept.token : signAnew(caller, audience, about)
    },
    verify: (token, audience) =>
      verifyCaller(token, audience, async (id) => {
        const keys = (await current()).some((key) => key.id === id) ? await current() : await current(true)
        return inUse(keys, now).find((key) => key.id === id)?.verifies
      }),
  }

  async function signAnew(caller: Caller, audience: string, about: string): Promise<string> {
    const keys = await current()
    const key = keys.find(({ madeAt }) => madeAt <= now() - knownAfter) ?? keys.at(-1)
    if (!key) throw new Error(`${file} holds no key`)
    const token = await signCaller(caller, audience, key.signs, key.id)
    tokens.set(about, { token, until: now() + tokenKept })
    return token
  }

  async function current(sure = false): Promise<Key[]> {
    if (!sure && isWithin(now() - checkedAt, rereadAfter)) return keys
    checkedAt = now()
    try {
      await reread()
      trouble = ''
    } catch (error) {
      if (keys.length === 0) throw error
      // Somebody is at the file, or wrote nonsense into it: that must not end every call between services.
      if (trouble !== String(error)) onUnreadable(error)
      trouble = String(error)
    }
    return keys
  }

  async function reread(): Promise<void> {
    // A replaced file is another one, even within the same millisecond.
    const { ino, mtimeMs } = statSync(file)
    const seen = `${ino} ${mtimeMs}`
    if (seen === stamp) return
    const read = await Promise.all(readKeys(file).map(open))
    stamp = seen
    keys = read.toSorted((one, other) => other.madeAt - one.madeAt)
  }
}

/** Less than so long; a clock that was set back says less than nothing, and is not believed. */
const isWithin = (milliseconds: number, most: number): boolean => milliseconds >= 0 && milliseconds <= most

/** Keys that still vouch, newest first: those whose successor has not signed alone for longer than a token holds. */
function inUse<K extends { madeAt: number }>(newestFirst: readonly K[], now: () => number): K[] {
  return newestFirst.filter(
    (_, at) => (newestFirst[at - 1]?.madeAt ?? Number.POSITIVE_INFINITY) > now() - outlives,
  )
}

/** One key of the file, as a person may see it. */
export type ListedKey = {
  id: string
  madeAt: Temporal.Instant
  /** `waits` until everybody has read it, `signs`, only `verifies`, or is `past` and goes with the next change. */
  state: 'waits' | 'signs' | 'verifies' | 'past'
}

/** The keys of a file, newest first. Throws when it cannot be read. */
export function listServiceKeys(file: string, now = () => Date.now()): ListedKey[] {
  const keys = stampedKeys(file)
  const used = new Set(inUse(keys, now))
  const signing = keys.find(({ madeAt }) => madeAt <= now() - knownAfter) ?? keys.at(-1)
  return keys.map((key) => ({
    id: key.id,
    madeAt: Temporal.Instant.fromEpochMilliseconds(key.madeAt),
    state:
      key === signing
        ? 'signs'
        : key.madeAt > now() - knownAfter
          ? 'waits'
          : used.has(key)
            ? 'verifies'
            : 'past',
  }))
}

/**
 * Adds a key that signs once everybody has had time to read it; those before it go on verifying until their last token
 * is past, and what is past goes. Answers its id. Throws when the file cannot be read or somebody else is at it.
 */
export async function rotateServiceKeys(file: string, now = () => Date.now()): Promise<string> {
  const fresh = await makeKey(now)
  alone(file, () => write(file, [fresh, ...keptOf(file, now)]))
  return fresh.id
}

/** Takes keys out of the file that vouch no more. Answers how many. */
export function pruneServiceKeys(file: string, now = () => Date.now()): number {
  return alone(file, () => {
    const kept = keptOf(file, now)
    const past = readKeys(file).length - kept.length
    if (past > 0) write(file, kept)
    return past
  })
}

const stampedKeys = (file: string) =>
  readKeys(file)
    .map((key) => ({ id: key.id, madeAt: Date.parse(key.madeAt), key }))
    .toSorted((one, other) => other.madeAt - one.madeAt)

const keptOf = (file: string, now: () => number) => inUse(stampedKeys(file), now).map(({ key }) => key)

/** Lets one process at a time change the file; reading needs nobody's leave. */
function alone<T>(file: string, work: () => T): T {
  const lock = `${file}.lock`
  try {
    closeSync(openSync(lock, 'wx', 0o600))
  } catch (error) {
    throw new Error(`${lock} is there: somebody else changes the keys, or was stopped while doing so`, {
      cause: error,
    })
  }
  try {
    return work()
  } finally {
    unlinkSync(lock)
  }
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
  writeFileSync(beside, JSON.stringify({ keys }), { mode: 0o600, flush: true })
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
