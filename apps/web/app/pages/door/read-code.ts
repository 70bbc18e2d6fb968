import type { DoorKey } from './door-types.ts'

export type Claim = { ticketId: string; showId: string; seatId: string }
export type ReadCode = { claim: Claim; proof: 'genuine' | 'unchecked' } | undefined

/**
 * Reads `MQ1.<payload>.<signature>`: 4 bytes of key id, 16 of ticket, 16 of show, then the seat id in UTF-8.
 * Nothing when the signature is not ours; `unchecked` where the browser offers no Ed25519 (plain http).
 */
export async function readCode(code: string, keys: readonly DoorKey[]): Promise<ReadCode> {
  const [version, payload, signature, ...more] = code.trim().split('.')
  if (version !== 'MQ1' || !payload || !signature || more.length > 0) return undefined
  const bytes = fromBase64url(payload)
  const sealed = fromBase64url(signature)
  if (!bytes || !sealed || bytes.length < 37) return undefined
  const claim = {
    ticketId: uuidOf(bytes.subarray(4, 20)),
    showId: uuidOf(bytes.subarray(20, 36)),
    seatId: new TextDecoder().decode(bytes.subarray(36)),
  }
  if (!globalThis.crypto?.subtle) return { claim, proof: 'unchecked' }
  const kid = hex(bytes.subarray(0, 4))
  const key = keys.find((one) => one.kid === kid)
  if (!key) return undefined
  try {
    const jwk = { kty: key.kty, crv: key.crv, x: key.x }
    const publicKey = await crypto.subtle.importKey('jwk', jwk, { name: 'Ed25519' }, false, ['verify'])
    const signed = new TextEncoder().encode(`MQ1.${payload}`)
    const genuine = await crypto.subtle.verify({ name: 'Ed25519' }, publicKey, sealed, signed)
    return genuine ? { claim, proof: 'genuine' } : undefined
  } catch {
    // Older browsers know WebCrypto but not this curve.
    return { claim, proof: 'unchecked' }
  }
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return undefined
  // What was cut off may have a length that no bytes have.
  if (text.length % 4 === 1) return undefined
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

function uuidOf(bytes: Uint8Array): string {
  const text = hex(bytes)
  return [8, 12, 16, 20, 32].map((end, index) => text.slice([0, 8, 12, 16, 20][index], end)).join('-')
}
